// The texts of the sheet of keyboard shortcuts.

import { en } from "./en/shortcuts";
import { language } from "./language";

export const shortcutStrings = language === "de" ? (await import("./de/shortcuts")).de : en;
