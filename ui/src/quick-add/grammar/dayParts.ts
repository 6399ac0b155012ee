// Parts of the day, and the exact times in them.

import { DAY } from "../calendar";
import type { DayPart, Grammar, SaidTime } from "./grammar";

const HALF_DAY = 720;

/** What was said of the day and the time of day, and the time that this makes. */
interface SaidParts {
  day?: number;
  said?: SaidTime;
  dayPart?: DayPart;
  rule?: unknown;
  time?: number;
}

/** Makes one time of the exact one and the part of the day; false if they contradict each other. */
export function settleTime(parts: SaidParts, grammar: Grammar): boolean {
  const { said, dayPart } = parts;
  if (!dayPart) {
    if (said) parts.time = likely(grammar, said, parts.day);
    return true;
  }
  if (!said) {
    parts.time = dayPart.hour * 60;
    return true;
  }
  const minutes = minutesIn(dayPart, said);
  if (minutes === undefined) return false;
  parts.time = minutes > DAY ? minutes - DAY : minutes;
  if (minutes <= DAY) return true;
  // A rule for Fridays has no day after Friday.
  if (dayPart.ofDay && parts.rule) return false;
  const { today, minute } = grammar.context;
  const isNextDay = parts.day === today ? parts.time <= minute : dayPart.ofDay;
  if (isNextDay && parts.day !== undefined) parts.day += 1;
  return true;
}

/** The first and the last hour that an exact time may have, from the start of the day on. A night ends on the next day. */
function hoursOf(part: number): readonly [number, number] {
  if (part < 12) return [0, 11];
  if (part === 12) return [10, 15];
  if (part < 18) return [12, 19];
  return part < 20 ? [16, 23] : [18, 29];
}

/** The minutes of an exact time from the start of the day on; nothing if it is in another part of the day. */
function minutesIn({ hour }: DayPart, { minutes, form }: SaidTime): number | undefined {
  const places = [minutes, ...(form === "exact" ? [] : [minutes + HALF_DAY]), minutes + DAY];
  const [first, last] = hoursOf(hour);
  return places.find((place) => {
    const endsEvening = hour === 18 && place === DAY;
    const placeHour = Math.floor(place / 60);
    return endsEvening || (placeHour >= first && placeHour <= last);
  });
}

/** In English an hour from 1 to 6 is in the afternoon. Today it is so too if only the later hour is ahead. */
function likely({ language, context }: Grammar, { minutes, form }: SaidTime, day: number | undefined): number {
  if (form !== "likely" || minutes < 60 || minutes >= HALF_DAY) return minutes;
  const later = minutes + HALF_DAY;
  const onlyLater = minutes <= context.minute && later > context.minute;
  return (language === "en" && minutes < 420) || (day === context.today && onlyLater) ? later : minutes;
}
