// Repeats.

import type { RepeatRule } from "../repeatRule";
import { calendarDate, readDay } from "./days";
import { type Fragment, type Grammar, longest, type Read } from "./grammar";

const WORKDAYS = [0, 1, 2, 3, 4];

/** "every other Tuesday", "am 3. jeden Monats", "montags", "daily" */
export function readRepeat(grammar: Grammar, at: number): Read<Fragment> {
  if (grammar.means(at, "After") && grammar.means(at + 1, "Completion")) {
    return [{ kind: "repeat", fromCompletion: true }, at + 2];
  }
  const date = everyDate(grammar, at);
  if (date) return date;
  const isEvery = grammar.means(at, "Every");
  const rule = longest([
    adverb(grammar, at),
    habit(grammar, at),
    isEvery ? everyPeriod(grammar, at) : undefined,
    isEvery ? everyWeekday(grammar, at) : undefined,
    isEvery ? everyDayOfMonth(grammar, at) : undefined,
    dayOfEveryMonth(grammar, at),
  ]);
  return rule && [{ kind: "repeat", rule: rule[0] }, rule[1]];
}

/** "daily". With a capital it is a name, as in "Bicycling Weekly". */
function adverb(grammar: Grammar, at: number): Read<RepeatRule> {
  const found = grammar.find(at, "Adverb");
  if (!found || (at > 0 && grammar.words[at]?.capital)) return undefined;
  return ofUnit(String(found[1]), Number(found[0]), at + 1);
}

/** "montags und donnerstags", "werktags" */
function habit(grammar: Grammar, at: number): Read<RepeatRule> {
  const ends = at === 0 || grammar.words.length === at + 1;
  if (ends && grammar.means(at, "Workday") && grammar.words[at]?.plain.endsWith("tags")) {
    return [{ frequency: "WEEKLY", interval: 1, weekdays: WORKDAYS }, at + 1];
  }
  // "montags" says so by itself, "Mondays" only after "on".
  const from = grammar.skip(at, "On");
  if (from === at && grammar.language === "en" && !grammar.alone) return undefined;
  return weekly(grammar, from, "Weekdays", 1);
}

/** Weekdays with commas or "and" between them. */
function weekly(grammar: Grammar, at: number, kind: string, interval: number): Read<RepeatRule> {
  const first = grammar.number(at, kind);
  if (first === undefined) return undefined;
  const weekdays = [first];
  for (let next = at + 1; ; ) {
    const place = grammar.skip(next, "And");
    const joined = place > next || grammar.words[next - 1]?.comma;
    const day = joined ? grammar.number(place, kind) : undefined;
    if (day === undefined) return [{ frequency: "WEEKLY", interval, weekdays }, next];
    weekdays.push(day);
    next = place + 1;
  }
}

/** The interval after "every": none, "2", "other", "second". */
function interval(grammar: Grammar, at: number): readonly [number, number] {
  if (grammar.means(at, "Other")) return [2, at + 1];
  const number = grammar.number(at, "Number") ?? grammar.number(at, "Ordinal") ?? 0;
  return number > 0 ? [number, at + 1] : [1, at];
}

/** "every 2 weeks", and then the days: "on Monday", "on the 3rd" */
function everyPeriod(grammar: Grammar, at: number): Read<RepeatRule> {
  const [count, place] = interval(grammar, at + 1);
  const unit = grammar.unit(place);
  const days = grammar.skip(place + 1, "On");
  if (days > place + 1 && unit === "week") {
    const read = weekly(grammar, days, "Weekday", count);
    if (read) return read;
  }
  if (days > place + 1 && unit === "month") {
    const read = dayInMonth(grammar, grammar.skip(days, "The"), count);
    if (read) return read;
  }
  return ofUnit(unit, count, place + 1);
}

/** "every Monday and Thursday", "every other Tuesday", "every workday", "every first Monday of the month" */
function everyWeekday(grammar: Grammar, at: number): Read<RepeatRule> {
  if (grammar.means(at + 1, "Workday")) return [{ frequency: "WEEKLY", interval: 1, weekdays: WORKDAYS }, at + 2];
  if (grammar.means(at + 1, "Weekend")) return [{ frequency: "WEEKLY", interval: 1, weekdays: [5] }, at + 2];
  const [count, place] = interval(grammar, at + 1);
  const monthly = dayInMonth(grammar, at + 1, 1);
  if (monthly?.[0].nth) {
    const behind = ofMonth(grammar, monthly[1]);
    // "every second Tuesday" is every other one.
    if (behind > monthly[1] || count !== 2) return [monthly[0], behind];
  }
  return count <= 2 ? weekly(grammar, place, "Weekday", count) : undefined;
}

/** "every 15th", "every last day of the month" */
function everyDayOfMonth(grammar: Grammar, at: number): Read<RepeatRule> {
  const read = dayInMonth(grammar, at + 1, 1);
  return read?.[0].monthDay === undefined ? undefined : [read[0], ofMonth(grammar, read[1])];
}

/** "on the 3rd of every month", "am letzten Freitag jeden Monats" */
function dayOfEveryMonth(grammar: Grammar, at: number): Read<RepeatRule> {
  const read = dayInMonth(grammar, grammar.skip(grammar.skip(at, "On"), "The"), 1);
  const every = read ? grammar.skip(grammar.skip(read[1], "Of"), "In") : at;
  if (!read || !grammar.means(every, "Every")) return undefined;
  const [count, place] = interval(grammar, every + 1);
  return grammar.unit(place) === "month" ? [{ ...read[0], interval: count }, place + 1] : undefined;
}

/** "3rd", "last day", "first Monday", "last Friday" */
function dayInMonth(grammar: Grammar, at: number, count: number): Read<RepeatRule> {
  const last = grammar.means(at, "Last");
  const nth = last ? -1 : grammar.number(at, "Ordinal");
  if (nth === undefined) return undefined;
  const rule = { frequency: "MONTHLY", interval: count } as const;
  const weekday = grammar.number(at + 1, "Weekday");
  if (weekday !== undefined) return nth <= 5 ? [{ ...rule, nth: { nth, weekday } }, at + 2] : undefined;
  const unit = grammar.unit(at + 1);
  if (last) return unit === "day" ? [{ ...rule, monthDay: -1 }, at + 2] : undefined;
  return unit === undefined ? [{ ...rule, monthDay: nth }, at + 1] : undefined;
}

/** The place behind "of the month", if that is there. */
function ofMonth(grammar: Grammar, at: number): number {
  const unit = grammar.skip(grammar.skip(grammar.skip(at, "Of"), "In"), "The");
  return unit > at && grammar.unit(unit) === "month" ? unit + 1 : at;
}

/** "every 24 December" */
function everyDate(grammar: Grammar, at: number): Read<Fragment> {
  const hasMonth = grammar.means(at, "Every") && [1, 2, 3].some((place) => grammar.means(at + place, "Month"));
  const date = hasMonth ? calendarDate(grammar, at + 1, false) : undefined;
  return date && [{ kind: "repeat", rule: { frequency: "YEARLY", interval: 1 }, day: date[0] }, date[1]];
}

/** "until 31 December", "5 times" */
export function readEnd(grammar: Grammar, at: number, start: number): Read<Fragment> {
  const count = grammar.number(at, "Number");
  if (count !== undefined && grammar.means(at + 1, "Times")) {
    return count >= 1 ? [{ kind: "repeat", end: { count } }, at + 2] : undefined;
  }
  const repeats = grammar.words
    .slice(start, at)
    .some(({ meanings }) => meanings.some(([kind]) => kind === "Every" || kind === "Adverb" || kind === "Weekdays"));
  const day = repeats && grammar.means(at, "Until") ? readDay(grammar, grammar.skip(at + 1, "The")) : undefined;
  return day && [{ kind: "repeat", end: { until: day[0] } }, day[1]];
}

function ofUnit(unit: string | undefined, count: number, next: number): Read<RepeatRule> {
  const frequencies = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" } as const;
  const frequency = frequencies[unit as keyof typeof frequencies];
  return frequency !== undefined && count >= 1 && count <= 999 ? [{ frequency, interval: count }, next] : undefined;
}
