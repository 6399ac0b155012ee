// Times of day.

import { DAY } from "../calendar";
import { inHalf } from "../numerals";
import type { ClockTime, Fragment, Grammar, Read, SaidTime } from "./grammar";

/** "at 5pm", "17:30", "um halb sechs", "noon" after a day. `start` is where the run of words begins. */
export function readClock(grammar: Grammar, at: number, start: number): Read<Fragment> {
  const exact = exactTime(grammar, at, start);
  if (exact) return [{ kind: "due", said: exact[0] }, exact[1]];
  let part = grammar.skip(grammar.skip(grammar.lead(at), "At"), "Around");
  if (part === at) {
    if (at === start && at + 1 === grammar.words.length && !grammar.alone) return undefined;
    part = grammar.means(at, "In") ? grammar.skip(at + 1, "The") : grammar.skip(at, "On");
  }
  const hour = grammar.number(part, "Hour");
  return hour === undefined ? undefined : [{ kind: "due", dayPart: { hour, ofDay: false } }, grammar.latest(part + 1)];
}

/** A time in digits or words, with the words before it: "at 5", "ab 17 Uhr", "around 9". */
function exactTime(grammar: Grammar, at: number, start: number): Read<SaidTime> {
  const lead = grammar.skip(grammar.lead(at), "Around");
  const from = grammar.skip(grammar.skip(lead, "At"), "Around");
  const led = from > at;
  const near = led || at > start || at + 1 < grammar.words.length || grammar.alone;
  const exact = digital(grammar, from, near, led) ?? spoken(grammar, from);
  if (exact) return [exact[0], grammar.latest(exact[1])];
  const number = grammar.number(from, "Number");
  const isAround = grammar.means(at, "Around") && (at > start || from + 1 < grammar.words.length);
  const isSaid = grammar.means(lead, "At") || isAround || (grammar.alone && at > start);
  const isTime = isSaid || followsShortDay(grammar, at, start);
  if (number === undefined || number > 24 || !isTime) return undefined;
  return [saidTime(number * 60, led ? "likely" : "short"), grammar.latest(from + 1)];
}

/** A time that is exact as it is, or else in this form. */
function saidTime(minutes: ClockTime, form: SaidTime["form"]): SaidTime {
  return { minutes, form: minutes < 60 || minutes >= 780 ? "exact" : form };
}

/** "fri 9" */
function followsShortDay(grammar: Grammar, at: number, start: number): boolean {
  return at > start && grammar.means(at - 1, "Weekday") && (grammar.words[at - 1]?.plain.length ?? 9) <= 4;
}

/** A time in digits. */
function digital(grammar: Grammar, at: number, near: boolean, led: boolean): Read<SaidTime> {
  const clockFollows = grammar.means(at + 1, "Clock");
  const written = grammar.find(at, "Time")?.map(Number);
  const pair = led || clockFollows ? grammar.find(at, "Pair")?.map(Number) : undefined;
  let time = near && grammar.means(at, "Midnight") ? DAY : undefined;
  time ??= written && (written[1] === 1 || near) ? written[0] : undefined;
  const paired = pair && (pair[1] ?? 60) < 60 ? (pair[0] ?? 24) * 60 + (pair[1] ?? 0) : 9999;
  if (paired <= DAY) time ??= paired;
  const half = grammar.means(at + 1, "Am") || grammar.means(at + 1, "Pm");
  const number = grammar.number(at, "Number");
  if (half) {
    const base = time ?? (number !== undefined && number < 24 ? number * 60 : undefined);
    const exact = base === undefined ? undefined : inHalf(base, grammar.means(at + 1, "Pm"));
    return exact === undefined ? undefined : [{ minutes: exact, form: "exact" }, at + 2];
  }
  if (time !== undefined) {
    const form = digitForm(grammar.words[at]?.plain ?? "", written?.[1] === 1);
    return [saidTime(time, form), grammar.skip(at + 1, "Clock")];
  }
  if (!clockFollows || number === undefined || number > 24) return undefined;
  const minute = grammar.number(at + 2, "Number");
  const hasMinute = minute !== undefined && minute < 60;
  if (number === 24 && hasMinute && minute > 0) return undefined;
  return [saidTime(number * 60 + (hasMinute ? minute : 0), "likely"), at + (hasMinute ? 3 : 2)];
}

/** "5pm" is exact. "05:30" is one hour of 24, "5:30" and "5uhr" may be one of twelve. */
function digitForm(plain: string, sure: boolean): SaidTime["form"] {
  if (/m\.*$/.test(plain)) return "exact";
  return plain.startsWith("0") || (sure && !plain.endsWith("uhr")) ? "short" : "likely";
}

/** "half past five", "quarter to six", "halb sechs", "viertel nach fünf" */
function spoken(grammar: Grammar, at: number): Read<SaidTime> {
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
  let time = hour * 60 + minutes;
  // "quarter to one" is after noon, and "halb eins" is half an hour after midnight or noon.
  if (time < 60 && grammar.language === "en") time += 720;
  if (time >= DAY) return undefined;
  return [{ minutes: time, form: time < 780 ? "likely" : "exact" }, grammar.skip(place + 1, "Clock")];
}
