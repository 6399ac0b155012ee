// Days.

import { addMonths, calendarDay, dayNumber, daysInMonth, FIRST_DAY, LAST_DAY, weekdayOf } from "../calendar";
import { readClock } from "./clock";
import { type Fragment, type Grammar, longest, type Read } from "./grammar";

/** A day, with the words around it: "on Friday", "by tomorrow", "ab Montag", "EOD Friday", "tomorrow at the latest". */
export function readDay(grammar: Grammar, at: number): Read<number> {
  const lead = grammar.lead(at);
  const dayEnd = endOfDay(grammar, lead > at ? grammar.skip(lead, "The") : at);
  const found = ledDay(grammar, dayEnd ?? at) ?? withPlace(grammar.context.today, dayEnd);
  if (!found) return undefined;
  const [day, next] = found;
  return [day, grammar.latest(endOfDay(grammar, grammar.skip(next, "By")) ?? next)];
}

function ledDay(grammar: Grammar, at: number): Read<number> {
  const by = grammar.lead(at);
  const on = grammar.skip(by, "On");
  const bare = grammar.skip(on, "The");
  const led = on > at;
  const found = longest([
    // "on tomorrow" is no date: the word belongs to the verb, as in "turn the light on tomorrow".
    on === by || grammar.alone ? relativeDay(grammar, bare) : undefined,
    namedDay(grammar, bare, led),
    periodStart(grammar, bare, led),
    calendarDate(grammar, bare, led),
    led || grammar.alone ? dayOfMonth(grammar, bare) : undefined,
  ]);
  if (!found) return undefined;
  const [day, next] = found;
  // "the Friday" alone is a title.
  const hasLead = led || bare === on || next > bare + 1;
  const inBounds = day >= FIRST_DAY && day <= LAST_DAY && (grammar.alone || day >= grammar.context.today);
  return hasLead && inBounds ? found : undefined;
}

/** The place behind "EOD", "end of the day". */
function endOfDay(grammar: Grammar, at: number): number | undefined {
  if (grammar.find(at, "EndOf")?.[0] === "day") return at + 1;
  const unit = grammar.skip(grammar.skip(at + 1, "Of"), "The");
  return grammar.means(at, "End") && grammar.unit(unit) === "day" ? unit + 1 : undefined;
}

function relativeDay(grammar: Grammar, at: number): Read<number> {
  const { today } = grammar.context;
  if (grammar.unit(at) === "day" && grammar.means(at + 1, "After") && grammar.number(at + 2, "Day") === 1) {
    return [today + 2, at + 3];
  }
  const word = grammar.words[at];
  // A German noun: "Guten Morgen".
  if (!word || (word.capital && word.plain === "morgen" && at > 0)) return undefined;
  const days = grammar.number(at, "Day");
  return days === undefined ? undefined : [today + days, at + 1];
}

/** "Friday", "next Friday", "Friday next week", "Friday, 4 December", "Friday the 4th" */
function namedDay(grammar: Grammar, at: number, led: boolean): Read<number> {
  const nextWeek = grammar.means(at, "Next");
  const isComing = grammar.means(at, "Coming");
  const place = nextWeek || isComing ? at + 1 : at;
  const found = grammar.find(place, "Weekday");
  if (!found) return undefined;
  const [weekday, sure] = [Number(found[0]), found[1] === 1];
  const next = place + 1;
  const dateAt = grammar.skip(next, "The");
  const date = calendarDate(grammar, dateAt, true) ?? dayOfMonth(grammar, dateAt);
  if (date) return weekdayOf(date[0]) === weekday ? date : undefined;
  if (grammar.means(next, "Next") && grammar.unit(next + 1) === "week") return [inNextWeek(grammar, weekday), next + 2];
  if (nextWeek) return [inNextWeek(grammar, weekday), next];
  const supported = sure || led || isComing || grammar.alone || readClock(grammar, next, at) !== undefined;
  return supported ? [coming(grammar, weekday, isComing), next] : undefined;
}

/** The next such weekday; today only if it is "this" one. */
export function coming({ context: { today } }: Grammar, weekday: number, orToday: boolean): number {
  const days = (weekday + 7 - weekdayOf(today)) % 7;
  return today + (days === 0 && !orToday ? 7 : days);
}

function weekStart({ context: { today, weekStart } }: Grammar): number {
  return today - ((weekdayOf(today) + 7 - weekStart) % 7);
}

function inNextWeek(grammar: Grammar, weekday: number): number {
  return inWeekOf(grammar, grammar.context.today + 7, weekday);
}

export function inWeekOf({ context: { weekStart } }: Grammar, day: number, weekday: number): number {
  return day - ((weekdayOf(day) + 7 - weekStart) % 7) + ((weekday + 7 - weekStart) % 7);
}

/** "next week", "this weekend", "end of the month" */
function periodStart(grammar: Grammar, at: number, led: boolean): Read<number> {
  const { today } = grammar.context;
  const endOf = grammar.find(at, "EndOf")?.[0];
  if (endOf !== undefined) return withPlace(lastDayOf(grammar, String(endOf)), at + 1);
  if (grammar.means(at, "End")) {
    const unit = grammar.skip(grammar.skip(at + 1, "Of"), "The");
    return withPlace(lastDayOf(grammar, grammar.unit(unit)), unit + 1);
  }
  const next = grammar.means(at, "Next");
  const isComing = grammar.means(at, "Coming");
  const place = next || isComing ? at + 1 : at;
  if (grammar.means(place, "Weekend") && (next || isComing || led)) {
    return [next ? inNextWeek(grammar, 5) : coming(grammar, 5, true), place + 1];
  }
  if (!next) return undefined;
  const inPeriod = dayOfNextPeriod(grammar, place);
  if (inPeriod) return inPeriod;
  const { year, day } = calendarDay(today);
  const firsts: Record<string, number | undefined> = {
    week: weekStart(grammar) + 7,
    month: addMonths(today - day + 1, 1),
    year: dayNumber(year + 1, 1, 1),
  };
  return withPlace(firsts[grammar.unit(place) ?? ""], place + 1);
}

/** The day behind "next": "week on Friday", "month on the 3rd". */
function dayOfNextPeriod(grammar: Grammar, at: number): Read<number> {
  const on = grammar.skip(at + 1, "On");
  const unit = grammar.unit(at);
  const weekday = unit === "week" ? grammar.number(on, "Weekday") : undefined;
  if (weekday !== undefined) return [inNextWeek(grammar, weekday), on + 1];
  const place = grammar.skip(on, "The");
  const wanted = grammar.number(place, "Ordinal");
  if (unit !== "month" || on === at + 1 || wanted === undefined) return undefined;
  const { today } = grammar.context;
  const { year, month } = calendarDay(addMonths(today - calendarDay(today).day + 1, 1));
  return withPlace(dayNumber(year, month, wanted), place + 1);
}

function withPlace(day: number | undefined, next: number | undefined): Read<number> {
  return day === undefined || next === undefined ? undefined : [day, next];
}

function lastDayOf(grammar: Grammar, unit: string | undefined): number | undefined {
  const { year, month } = calendarDay(grammar.context.today);
  if (unit === "week") return weekStart(grammar) + 6;
  if (unit === "month") return dayNumber(year, month, daysInMonth(year, month));
  return unit === "year" ? dayNumber(year, 12, 31) : undefined;
}

/** "on the 5th": the next month that has such a day. */
function dayOfMonth(grammar: Grammar, at: number): Read<number> {
  const { today } = grammar.context;
  const wanted = grammar.number(at, "Ordinal");
  if (wanted === undefined || grammar.unit(at + 1) !== undefined) return undefined;
  const first = today - calendarDay(today).day + 1;
  const days = [0, 1, 2].map((months) => {
    const { year, month } = calendarDay(addMonths(first, months));
    return dayNumber(year, month, wanted);
  });
  return withPlace(
    days.find((day) => day !== undefined && day >= today),
    at + 1,
  );
}

/** "24 December 2026", "Dec 24", "24.12.", "2026-12-24". With a word before it, or alone, also "24.12" and "12/24". */
export function calendarDate(grammar: Grammar, at: number, led: boolean): Read<number> {
  const loose = led || grammar.alone;
  const date = grammar.number(at, "Date");
  if (date !== undefined) return [date, at + 1];
  const dayMonth = grammar.find(at, "DayMonth") ?? (loose ? grammar.find(at, "Pair") : undefined);
  if (dayMonth) return withPlace(upcoming(grammar, Number(dayMonth[0]), Number(dayMonth[1])), at + 1);
  const slashes = grammar.find(at, "Slashes")?.map(Number);
  if (slashes && (loose || slashes[2] !== 0)) return withPlace(withSlashes(grammar, slashes), at + 1);
  const number = (place: number) => grammar.number(place, "Ordinal") ?? grammar.number(place, "Number");
  const leading = number(at);
  const monthAt = leading === undefined ? at : grammar.skip(at + 1, "Of");
  const month = grammar.number(monthAt, "Month");
  const day = leading ?? number(monthAt + 1);
  if (month === undefined || day === undefined) return undefined;
  const next = leading === undefined ? monthAt + 2 : monthAt + 1;
  const year = yearAt(grammar, next);
  if (year !== undefined) return withPlace(dayNumber(year, month, day), next + 1);
  return withPlace(upcoming(grammar, day, month), next);
}

/** "2027", or "27" from this year on. */
function yearAt(grammar: Grammar, at: number): number | undefined {
  const number = grammar.number(at, "Number") ?? 0;
  const year = number <= 99 ? 2000 + number : number;
  const first = number <= 99 ? calendarDay(grammar.context.today).year : 1970;
  return year >= first && year <= 2200 ? year : undefined;
}

/** The next such day of a year, today included. */
function upcoming({ context: { today } }: Grammar, day: number, month: number): number | undefined {
  const { year } = calendarDay(today);
  // 29 February is at most eight years away.
  const days = Array.from({ length: 9 }, (_, years) => dayNumber(year + years, month, day));
  return days.find((found) => found !== undefined && found >= today);
}

function withSlashes(grammar: Grammar, [first = 0, second = 0, year = 0]: readonly number[]): number | undefined {
  const dayFirst = first > 12 || (second <= 12 && grammar.context.language === "de");
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return year === 0 ? upcoming(grammar, day, month) : dayNumber(year, month, day);
}

/** `2026-12-24T17:00`. With an offset it is a time of another zone, which is not read. */
export function readWritten(grammar: Grammar, at: number): Read<Fragment> {
  const [day = 0, minutes = 0, offset = 1] = grammar.find(at, "Written")?.map(Number) ?? [];
  if (offset === 1 || !(grammar.alone || day >= grammar.context.today)) return undefined;
  return [{ kind: "due", day, said: { minutes, form: "exact" } }, at + 1];
}

/** "tonight", "Freitagabend", "this evening" */
export function readDayWithHour(grammar: Grammar, at: number): Read<Fragment> {
  const from = grammar.skip(at, "On");
  const { today } = grammar.context;
  const fromToday = grammar.find(from, "DayHour")?.map(Number);
  if (fromToday) return dueIn(today + (fromToday[0] ?? 0), fromToday[1], from + 1);
  const weekday = grammar.find(from, "WeekdayHour")?.map(Number);
  if (weekday) return dueIn(coming(grammar, weekday[0] ?? 0, false), weekday[1], from + 1);
  const hour = grammar.means(at, "Coming") ? grammar.number(at + 1, "Hour") : undefined;
  return dueIn(today, hour, at + 2);
}

function dueIn(day: number, hour: number | undefined, next: number): Read<Fragment> {
  return hour === undefined ? undefined : [{ kind: "due", day, dayPart: { hour, ofDay: true } }, next];
}
