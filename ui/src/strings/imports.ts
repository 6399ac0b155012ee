// The texts about taking tasks out and bringing files in.

import { en } from "./en/imports";
import { language } from "./language";

export const importStrings = language === "de" ? (await import("./de/imports")).de : en;
