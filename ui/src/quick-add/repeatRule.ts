// Repeat rules as far as words name them. The same rules as crates/recurrence.

import { addMonths, calendarDay, dayNumber, daysInMonth, dayText, weekdayOf } from "./calendar";

const CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

export interface RepeatRule {
  readonly frequency: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  /** From Monday, 0. */
  readonly weekdays?: readonly number[];
  /** -1 is the last day. */
  readonly monthDay?: number;
  /** The first to fifth such weekday of a month, or the last: -1. */
  readonly nth?: { readonly nth: number; readonly weekday: number };
}

export type RepeatEnd = { readonly until: number } | { readonly count: number };

/** As RFC 5545 writes it. */
export function ruleText(rule: RepeatRule, end: RepeatEnd | undefined): string {
  const weekdays = [...new Set(rule.weekdays)].sort((a, b) => a - b).map((day) => CODES[day]);
  const days = rule.nth ? [`${rule.nth.nth}${CODES[rule.nth.weekday]}`] : weekdays;
  const parts = [
    `FREQ=${rule.frequency}`,
    rule.interval > 1 && `INTERVAL=${rule.interval}`,
    days.length > 0 && `BYDAY=${days.join(",")}`,
    rule.monthDay !== undefined && `BYMONTHDAY=${rule.monthDay}`,
    end && ("until" in end ? `UNTIL=${dayText(end.until).replaceAll("-", "")}` : `COUNT=${end.count}`),
  ];
  return parts.filter((part) => typeof part === "string").join(";");
}

/** The first day from `from` on that fits. */
export function firstDay(rule: RepeatRule, from: number): number {
  if (rule.weekdays?.length) {
    const days = Array.from({ length: 7 }, (_, days) => from + days);
    return days.find((day) => rule.weekdays?.includes(weekdayOf(day))) ?? from;
  }
  if (rule.monthDay === undefined && !rule.nth) return from;
  const { day } = calendarDay(from);
  for (let months = 0; months <= 60; months++) {
    const found = dayInMonth(rule, addMonths(from - day + 1, months));
    if (found !== undefined && found >= from) return found;
  }
  return from;
}

function dayInMonth({ monthDay, nth }: RepeatRule, first: number): number | undefined {
  const { year, month } = calendarDay(first);
  const length = daysInMonth(year, month);
  if (!nth) return dayNumber(year, month, monthDay === -1 ? length : Math.min(monthDay ?? 1, length));
  const all = Array.from({ length }, (_, days) => first + days).filter((day) => weekdayOf(day) === nth.weekday);
  return all.at(nth.nth < 0 ? nth.nth : nth.nth - 1);
}
