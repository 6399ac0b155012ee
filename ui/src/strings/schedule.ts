// The texts for dates, repeats and reminders of a task.

import { en } from "./en/schedule";
import { language } from "./language";

export const scheduleStrings = language === "de" ? (await import("./de/schedule")).de : en;
