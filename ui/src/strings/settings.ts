// The texts of the settings.

import { en } from "./en/settings";
import { language } from "./language";

export const settingsStrings = language === "de" ? (await import("./de/settings")).de : en;
