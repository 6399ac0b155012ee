// Repeats.

import type { RepeatRule } from "../repeatRule";
import { weekdaysBetween } from "../words";
import { readClock } from "./clock";
import { calendarDate, readDay } from "./days";
import { type Fragment, type Grammar, longest, type Read } from "./grammar";

/** "every other Tuesday", "am 3. jeden Monats", "montags", "daily". `start` is where the run of words begins. */
export function readRepeat(grammar: Grammar, at: number, start: number): Read<Fragment> {
  if (grammar.means(at, "After") && grammar.means(at + 1, "Completion")) {
    return [{ kind: "repeat", fromCompletion: true }, at + 2];
  }
  const from = grammar.skip(at, "Always");
  const eachPart = grammar.means(from, "Every") ? partOfEach(grammar, from + 1) : undefined;
  if (eachPart) return [eachPart, from + 2];
  const date = everyDate(grammar, from);
  if (date) return date;
  // The last one of those that are equally long: "every second Tuesday" is every other one.
  const rule = longest([
    everyDayOfMonth(grammar, from),
    dayOfEveryMonth(grammar, from),
    habit(grammar, from, from > at || at > start),
    everyWeekday(grammar, from),
    everyPeriod(grammar, from),
  ]);
  return rule && [{ kind: "repeat", rule: rule[0] }, rule[1]];
}

/** "evening", "Freitagabend" */
function partOfEach(grammar: Grammar, at: number): Fragment | undefined {
  const hour = grammar.number(at, "Hour");
  const rule: RepeatRule = { frequency: "DAILY", interval: 1 };
  if (hour !== undefined) return { kind: "repeat", rule, dayPart: { hour, ofDay: false } };
  const found = grammar.find(at, "WeekdayHour")?.map(Number);
  if (!found) return undefined;
  const [day = 0, dayHour = 0] = found;
  return { kind: "repeat", rule: weekly([day], 1), dayPart: { hour: dayHour, ofDay: true } };
}

/** "montags und donnerstags", "on Mondays", "Friday nights". `led`: other words of a date stand before it. */
function habit(grammar: Grammar, at: number, led: boolean): Read<RepeatRule> {
  const on = grammar.skip(at, "On");
  const days = weekdays(grammar, on);
  if (!days) return undefined;
  const isPlural = grammar.means(days[1], "Plural");
  const sure = isPlural ? 1 : grammar.number(on, "Weekdays");
  if (sure === undefined) return undefined;
  const supported = sure === 1 || led || on > at || grammar.alone || readClock(grammar, days[1], at) !== undefined;
  return supported ? [weekly(days[0], 1), days[1]] : undefined;
}

function weekly(days: readonly number[], interval: number): RepeatRule {
  return { frequency: "WEEKLY", interval, weekdays: days };
}

/** Weekdays with commas, "and" or nothing between them, or from one to another: "Monday, Thursday", "Monday to Friday". */
function weekdays(grammar: Grammar, at: number): Read<number[]> {
  const first = weekdayNames(grammar, at);
  if (!first) return undefined;
  const days = [...first];
  for (let next = at + 1; ; ) {
    const place = grammar.skip(next, "And");
    const more = weekdayNames(grammar, place);
    const last = more ? undefined : endOfRange(grammar, next);
    if (more) days.push(...more);
    else if (last !== undefined) days.push(...weekdaysBetween(days.at(-1) ?? last, last));
    else return [days, next];
    next = more ? place + 1 : next + 2;
  }
}

function weekdayNames(grammar: Grammar, at: number): number[] | undefined {
  const day = grammar.number(at, "Weekday");
  if (day !== undefined) return [day];
  if (grammar.means(at, "Workday")) return [0, 1, 2, 3, 4];
  if (grammar.means(at, "Weekend")) return [5];
  return grammar.find(at, "Weekdays")?.slice(1).map(Number);
}

/** The weekday behind "to", if it is no part of a date such as "Friday, 4 December". */
function endOfRange(grammar: Grammar, at: number): number | undefined {
  const isRange = grammar.means(at, "Until") || grammar.means(at, "Dash");
  const isDate = (readDay(grammar, at + 1)?.[1] ?? 0) > at + 2;
  return isRange && !isDate ? grammar.number(at + 1, "Weekday") : undefined;
}

/** "every 2 weeks", "weekly", and then the days: "on Monday", "on the 3rd" */
function everyPeriod(grammar: Grammar, at: number): Read<RepeatRule> {
  const [count, unit, next] = adverb(grammar, at) ?? period(grammar, at);
  const on = grammar.skip(next, "On");
  const days = unit === "week" ? weekdays(grammar, on) : undefined;
  const inMonth = unit === "month" && on > next ? daysInMonth(grammar, grammar.skip(on, "The")) : undefined;
  const frequencies = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" } as const;
  const frequency = frequencies[unit as keyof typeof frequencies];
  if (frequency === undefined || count > 999) return undefined;
  if (inMonth) return [{ ...inMonth[0], interval: count }, inMonth[1]];
  return days ? [weekly(days[0], count), days[1]] : [{ frequency, interval: count }, next];
}

type Period = readonly [count: number, unit: string | undefined, next: number];

/** "daily". With a capital it is a name, as in "Bicycling Weekly". */
function adverb(grammar: Grammar, at: number): Period | undefined {
  const found = grammar.find(at, "Adverb");
  if (!found || (at > 0 && grammar.words[at]?.capital)) return undefined;
  return [Number(found[0]), String(found[1]), at + 1];
}

function period(grammar: Grammar, at: number): Period {
  const [count, place] = interval(grammar, at) ?? [1, -1];
  return [count, grammar.unit(place), place + 1];
}

/** "every" and its interval: none, "2", "other", "second". */
function interval(grammar: Grammar, at: number): readonly [count: number, next: number] | undefined {
  const place = at + 1;
  if (!grammar.means(at, "Every")) return undefined;
  if (grammar.means(place, "Other")) return [2, place + 1];
  const number = grammar.number(place, "Number") ?? 0;
  const ordinal = grammar.number(place, "Ordinal") ?? 0;
  if (number > 0) return [number, place + 1];
  return ordinal > 1 ? [ordinal, place + 1] : [1, place];
}

/** "every Monday and Thursday", "every other Tuesday", "every workday" */
function everyWeekday(grammar: Grammar, at: number): Read<RepeatRule> {
  const [count, place] = interval(grammar, at) ?? [0, at];
  const days = count === 1 || count === 2 ? weekdays(grammar, place) : undefined;
  return days && [weekly(days[0], count), days[1]];
}

/** "every 15th", "every last day of the month", "every first and third Monday" */
function everyDayOfMonth(grammar: Grammar, at: number): Read<RepeatRule> {
  const read = grammar.means(at, "Every") ? daysInMonth(grammar, at + 1) : undefined;
  if (!read) return undefined;
  const [rule, next] = read;
  const unit = grammar.skip(grammar.skip(grammar.skip(next, "Of"), "In"), "The");
  return [rule, unit > next && grammar.unit(unit) === "month" ? unit + 1 : next];
}

/** "on the 3rd of every month", "am letzten Freitag jeden Monats", "at the end of every month" */
function dayOfEveryMonth(grammar: Grammar, at: number): Read<RepeatRule> {
  const from = grammar.skip(grammar.skip(grammar.skip(at, "On"), "At"), "The");
  const atEnd: Read<RepeatRule> = [{ frequency: "MONTHLY", interval: 1, monthDays: [-1] }, from + 1];
  const read = grammar.means(from, "End") ? atEnd : daysInMonth(grammar, from);
  const every = read && interval(grammar, grammar.skip(grammar.skip(read[1], "Of"), "In"));
  if (!every || grammar.unit(every[1]) !== "month") return undefined;
  return [{ ...read[0], interval: every[0] }, every[1] + 1];
}

/** "3rd", "1st and 15th", "last day", "first Monday", "first and third Friday" */
function daysInMonth(grammar: Grammar, at: number): Read<RepeatRule> {
  const nth = (place: number) => (grammar.means(place, "Last") ? -1 : grammar.number(place, "Ordinal"));
  const monthDays: number[] = [];
  let next = at;
  for (let [place, day] = [at, nth(at)]; day !== undefined; day = nth(place)) {
    monthDays.push(day);
    next = place + 1;
    const and = grammar.skip(next, "And");
    if (and === next && !grammar.words[place]?.comma) break;
    place = grammar.skip(grammar.skip(and, "On"), "The");
  }
  if (next === at) return undefined;
  const rule = { frequency: "MONTHLY", interval: 1, monthDays } as const;
  const weekday = grammar.number(next, "Weekday");
  if (weekday !== undefined) return monthDays.every((day) => day <= 5) ? [{ ...rule, weekday }, next + 1] : undefined;
  if (grammar.unit(next) === "day") return [rule, next + 1];
  return grammar.unit(next) === undefined && !monthDays.includes(-1) ? [rule, next] : undefined;
}

/** "every 24 December", "jeden 24.12." */
function everyDate(grammar: Grammar, at: number): Read<Fragment> {
  const namesMonth = (place: number) => grammar.means(place, "Month") || grammar.means(place, "DayMonth");
  const hasMonth = grammar.means(at, "Every") && [1, 2, 3].some((place) => namesMonth(at + place));
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
