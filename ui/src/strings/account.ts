// The texts of the pages about an account: settings, passwords, apps.

import { en } from "./account-en";
import { language } from "./language";

export type Account = typeof en;

export const words: Account = language === "de" ? (await import("./account-de")).de : en;
