// The texts of the tour.

import { en } from "./en/tour";
import { language } from "./language";

export const tourStrings = language === "de" ? (await import("./de/tour")).de : en;
