// The texts about the secret address for calendars.

import { en } from "./en/calendar";
import { language } from "./language";

export const calendarStrings = language === "de" ? (await import("./de/calendar")).de : en;
