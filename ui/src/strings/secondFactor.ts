// The texts about the second step of signing in, where it is set up.

import { en } from "./en/secondFactor";
import { language } from "./language";

export const secondFactorStrings = language === "de" ? (await import("./de/secondFactor")).de : en;
