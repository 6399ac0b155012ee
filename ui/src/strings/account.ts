// The texts of the pages that a mail or an app leads to: passwords, confirmed addresses, access of apps.

import { en } from "./en/account";
import { language } from "./language";

export const accountStrings = language === "de" ? (await import("./de/account")).de : en;
