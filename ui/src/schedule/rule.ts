// A rule by which a task repeats, as far as the page edits it: RFC 5545 as crates/recurrence reads it. Pure.

import { addMonths, calendarDay, dayNumber, daysInMonth, dayText, weekdayOf } from "../quick-add/calendar";

export const WEEKDAY_CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof frequencies)[number];

export interface RuleParts {
  readonly frequency: Frequency;
  readonly interval: number;
  /** `MO`, in a month also `2TU` and `-1FR`. */
  readonly weekdays: readonly string[];
  /** -1 is the last day. */
  readonly monthDays: readonly number[];
  /** The last day, such as `2026-12-31`. */
  readonly until: string | null;
  readonly count: number | null;
  /** The first day of a week, where it is not Monday. */
  readonly weekStart: string | null;
}

/** Null for a text that is no rule. */
export function parseRule(text: string): RuleParts | null {
  const parts = new Map(text.split(";").map((part) => part.split("=") as [string, string]));
  const frequency = frequencies.find((known) => known === parts.get("FREQ"));
  if (frequency === undefined) return null;
  const list = (name: string) => parts.get(name)?.split(",") ?? [];
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get("UNTIL") ?? "");
  return {
    frequency,
    interval: Number(parts.get("INTERVAL") ?? 1),
    weekdays: list("BYDAY"),
    monthDays: list("BYMONTHDAY").map(Number),
    until: until?.slice(1).join("-") ?? null,
    count: parts.has("COUNT") ? Number(parts.get("COUNT")) : null,
    weekStart: parts.get("WKST") ?? null,
  };
}

export function printRule(rule: RuleParts): string {
  const parts = [
    `FREQ=${rule.frequency}`,
    rule.interval > 1 && `INTERVAL=${rule.interval}`,
    rule.weekdays.length > 0 && `BYDAY=${rule.weekdays.join(",")}`,
    rule.monthDays.length > 0 && `BYMONTHDAY=${rule.monthDays.join(",")}`,
    rule.weekStart !== null && `WKST=${rule.weekStart}`,
    rule.until !== null && `UNTIL=${rule.until.replaceAll("-", "")}`,
    rule.count !== null && `COUNT=${rule.count}`,
  ];
  return parts.filter((part) => typeof part === "string").join(";");
}

/** Monday is 0. */
export const weekdayIndex = (code: string) => WEEKDAY_CODES.findIndex((known) => code.endsWith(known));

/** The rules that are offered for a task that is due on this day. */
export function offeredRules(due: string): string[] {
  const day = numberOf(due);
  const code = WEEKDAY_CODES[weekdayOf(day)];
  const { year, month, day: inMonth } = calendarDay(day);
  const isLast = inMonth + 7 > daysInMonth(year, month);
  return [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    `FREQ=WEEKLY;BYDAY=${code}`,
    `FREQ=MONTHLY;BYMONTHDAY=${inMonth}`,
    `FREQ=MONTHLY;BYDAY=${isLast ? -1 : Math.ceil(inMonth / 7)}${code}`,
    "FREQ=YEARLY",
  ];
}

/** The rule with another unit: only what has a meaning in it is kept. */
export function withFrequency(rule: RuleParts, frequency: Frequency, due: string): RuleParts {
  const weekdays = frequency === "WEEKLY" ? [WEEKDAY_CODES[weekdayOf(numberOf(due))] ?? "MO"] : [];
  const monthDays = frequency === "MONTHLY" ? [calendarDay(numberOf(due)).day] : [];
  return { ...rule, frequency, weekdays, monthDays };
}

/** The next day on which it is due when it is completed on time; null at the end of the rule. */
export function nextDay(rule: RuleParts, due: string): string | null {
  const anchor = numberOf(due);
  const next = candidates(rule, anchor).find((day) => day > anchor);
  if (next === undefined || rule.count === 1) return null;
  const text = dayText(next);
  return rule.until !== null && text > rule.until ? null : text;
}

/** Days that fit the rule, in their order; more than enough to have the next one. */
function candidates({ frequency, interval, weekdays, monthDays }: RuleParts, anchor: number): number[] {
  const steps = [0, 1, 2, 3, 4, 5].map((step) => step * interval);
  if (frequency === "DAILY") return steps.map((step) => anchor + step);
  if (frequency === "YEARLY") return steps.map((step) => addMonths(anchor, 12 * step));
  if (frequency === "WEEKLY") {
    const monday = anchor - weekdayOf(anchor);
    const days = weekdays.length > 0 ? weekdays.map(weekdayIndex).sort((a, b) => a - b) : [weekdayOf(anchor)];
    return steps.flatMap((step) => days.map((day) => monday + 7 * step + day));
  }
  const { day } = calendarDay(anchor);
  return steps.flatMap((step) => {
    const first = addMonths(anchor - day + 1, step);
    if (weekdays.length > 0) return weekdays.flatMap((code) => nthWeekdays(first, code)).sort((a, b) => a - b);
    return (monthDays.length > 0 ? monthDays : [day]).map((wanted) => inMonthOf(first, wanted)).sort((a, b) => a - b);
  });
}

/** What a month is too short for is on its last day. */
function inMonthOf(first: number, day: number): number {
  const { year, month } = calendarDay(first);
  const length = daysInMonth(year, month);
  return first - 1 + (day < 0 ? length + 1 + day : Math.min(day, length));
}

/** The second Tuesday, the last Friday, or each Friday of the month. */
function nthWeekdays(first: number, code: string): number[] {
  const { year, month } = calendarDay(first);
  const all = Array.from({ length: daysInMonth(year, month) }, (_, at) => first + at);
  const days = all.filter((day) => weekdayOf(day) === weekdayIndex(code));
  const nth = Number.parseInt(code, 10);
  if (Number.isNaN(nth)) return days;
  const found = days.at(nth < 0 ? nth : nth - 1);
  return found === undefined ? [] : [found];
}

export function numberOf(due: string): number {
  const [year = 0, month = 0, day = 0] = due.slice(0, 10).split("-").map(Number);
  return dayNumber(year, month, day) ?? 0;
}
