// The texts of the palette.

import { en } from "./en/palette";
import { language } from "./language";

export const paletteStrings = language === "de" ? (await import("./de/palette")).de : en;
