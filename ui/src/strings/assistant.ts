// The texts of the assistant's panel.

import { en } from "./en/assistant";
import { language } from "./language";

export const assistantStrings = language === "de" ? (await import("./de/assistant")).de : en;
