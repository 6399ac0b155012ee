// The texts of the pages to which a mail or an app leads: new password, confirmed address, consent.

import { en } from "./en/account";
import { language } from "./language";

export const accountStrings = language === "de" ? (await import("./de/account")).de : en;
