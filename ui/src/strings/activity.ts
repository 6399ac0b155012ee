// The texts of the history of the list.

import { en } from "./en/activity";
import { language } from "./language";

export const activityStrings = language === "de" ? (await import("./de/activity")).de : en;
