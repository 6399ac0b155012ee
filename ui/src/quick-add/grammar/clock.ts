// Times of day.

import { inHalf } from "../numerals";
import type { ClockTime, Grammar, Read } from "./grammar";

/** "at 5pm", "17:30", "um halb sechs", "noon" after a day. `start` is where the run of words begins. */
export function readClock(grammar: Grammar, at: number, start: number): Read<ClockTime> {
  const exact = exactTime(grammar, at, start, true);
  if (exact) return exact;
  const led = grammar.means(at, "At") || grammar.means(at, "By");
  if (!led && at === start && at + 1 === grammar.words.length && !grammar.alone) return undefined;
  let part = at + 1;
  if (!led) part = grammar.means(at, "In") ? grammar.skip(at + 1, "The") : grammar.skip(at, "On");
  const hour = grammar.number(part, "Hour");
  // "morgen um 5" is tomorrow, not in the morning.
  if (hour !== undefined && grammar.means(part, "Day")) return [hour * 60, part + 1];
  return readPartOfDay(grammar, hour, part + 1, start);
}

/** A part of the day by its hour, and the exact time that may follow: "evening at 8". */
export function readPartOfDay(
  grammar: Grammar,
  hour: number | undefined,
  next: number,
  start: number,
): Read<ClockTime> {
  if (hour === undefined) return undefined;
  const exact = hour < 24 ? exactTime(grammar, next, start, false) : undefined;
  return exact ? [inPart(exact[0], hour), exact[1]] : [hour * 60, next];
}

/** A time in digits or words. `guesses`: an hour from 1 to 6 may be one of the afternoon. */
function exactTime(grammar: Grammar, at: number, start: number, guesses: boolean): Read<ClockTime> {
  const saidAt = grammar.means(at, "At");
  const led = saidAt || grammar.means(at, "By");
  const from = led ? at + 1 : at;
  const near = led || at > start || at + 1 < grammar.words.length || grammar.alone;
  const exact = digital(grammar, from, near, led) ?? spoken(grammar, from);
  if (exact) {
    const read = inPartOfDay(grammar, exact);
    // "2:30" is one of twelve hours, "02:30" of 24.
    const short = guesses && read[1] === from + 1 && grammar.find(from, "Time")?.[1] === 0;
    return short ? [likely(grammar, read[0]), read[1]] : read;
  }
  const number = grammar.number(from, "Number");
  const isTime = saidAt || (grammar.alone && at > start) || followsShortDay(grammar, at, start);
  if (number === undefined || number > 24 || !isTime) return undefined;
  const read = inPartOfDay(grammar, [number * 60, from + 1]);
  return guesses && read[1] === from + 1 && saidAt ? [likely(grammar, read[0]), read[1]] : read;
}

/** "fri 9" */
function followsShortDay(grammar: Grammar, at: number, start: number): boolean {
  return at > start && grammar.means(at - 1, "Weekday") && (grammar.words[at - 1]?.plain.length ?? 9) <= 4;
}

/** A time in digits. */
function digital(grammar: Grammar, at: number, near: boolean, led: boolean): readonly [ClockTime, number] | undefined {
  const clockFollows = grammar.means(at + 1, "Clock");
  const written = grammar.find(at, "Time")?.map(Number);
  const pair = led || clockFollows ? grammar.find(at, "Pair")?.map(Number) : undefined;
  let time = written && (written[1] === 1 || near) ? written[0] : undefined;
  time ??= pair && (pair[0] ?? 24) < 24 && (pair[1] ?? 60) < 60 ? (pair[0] ?? 0) * 60 + (pair[1] ?? 0) : undefined;
  const half = grammar.means(at + 1, "Am") || grammar.means(at + 1, "Pm");
  const number = grammar.number(at, "Number");
  if (half) {
    const base = time ?? (number !== undefined && number < 24 ? number * 60 : undefined);
    const exact = base === undefined ? undefined : inHalf(base, grammar.means(at + 1, "Pm"));
    return exact === undefined ? undefined : [exact, at + 2];
  }
  if (time !== undefined) return [time, grammar.skip(at + 1, "Clock")];
  if (!clockFollows || number === undefined || number > 24) return undefined;
  const minute = grammar.number(at + 2, "Number");
  const hasMinute = minute !== undefined && minute < 60;
  if (number === 24 && hasMinute && minute > 0) return undefined;
  return [number * 60 + (hasMinute ? minute : 0), at + (hasMinute ? 3 : 2)];
}

/** "half past five", "quarter to six", "halb sechs", "viertel nach fünf" */
function spoken(grammar: Grammar, at: number): readonly [ClockTime, number] | undefined {
  const [half, quarter] = [grammar.means(at, "Half"), grammar.means(at, "Quarter")];
  const past = grammar.means(at + 1, "Past");
  let minutes: number | undefined;
  let place = at + 2;
  if (half && grammar.language === "de") [minutes, place] = [-30, at + 1];
  else if (half && past) minutes = 30;
  else if (quarter && past) minutes = 15;
  else if (quarter && grammar.means(at + 1, "To")) minutes = -15;
  const hour = grammar.number(place, "Number") ?? 0;
  if (minutes === undefined || hour < 1 || hour > 24) return undefined;
  const time = hour * 60 + minutes;
  return time >= 1440 ? undefined : [likely(grammar, time), grammar.skip(place + 1, "Clock")];
}

/** In English an hour from 1 to 6 is in the afternoon. */
function likely(grammar: Grammar, time: ClockTime): ClockTime {
  return grammar.language === "en" && time >= 60 && time < 420 ? time + 720 : time;
}

/** "5 in the afternoon", "8 Uhr abends" */
function inPartOfDay(grammar: Grammar, [time, next]: readonly [ClockTime, number]): readonly [ClockTime, number] {
  const part = grammar.means(next, "In") ? grammar.skip(next + 1, "The") : grammar.skip(next, "At");
  const hour = grammar.number(part, "Hour");
  // "um 5 morgen" is tomorrow.
  if (hour === undefined || hour >= 24 || grammar.means(part, "Day")) return [time, next];
  return [inPart(time, hour), part + 1];
}

/** A time that is said to be in a part of the day, which begins at about this hour. */
function inPart(time: ClockTime, hour: number): ClockTime {
  return hour >= 12 && time >= 60 && time < 720 ? time + 720 : time;
}
