// Repeat rules as far as words name them. The same rules as crates/recurrence.

import { addMonths, calendarDay, daysInMonth, dayText, weekdayOf } from "./calendar";

const CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

export interface RepeatRule {
  readonly frequency: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  /** From Monday, 0. */
  readonly weekdays?: readonly number[];
  /** Days of a month, from 1 on; -1 is the last one. */
  readonly monthDays?: readonly number[];
  /** With a weekday, the first to fifth such ones of a month instead; -1 is the last one. */
  readonly weekday?: number;
}

export type RepeatEnd = { readonly until: number } | { readonly count: number };

/** As RFC 5545 writes it. */
export function ruleText(rule: RepeatRule, end: RepeatEnd | undefined): string {
  const { weekday } = rule;
  // The last day of a month comes last.
  const inOrder = (days?: readonly number[]) => [...new Set(days)].sort((a, b) => (a & 255) - (b & 255));
  const monthDays = inOrder(rule.monthDays);
  const weekdays = inOrder(rule.weekdays).map((day) => CODES[day]);
  const days = weekday === undefined ? weekdays : monthDays.map((nth) => `${nth}${CODES[weekday]}`);
  const parts = [
    `FREQ=${rule.frequency}`,
    rule.interval > 1 && `INTERVAL=${rule.interval}`,
    days.length > 0 && `BYDAY=${days.join(",")}`,
    monthDays.length > 0 && weekday === undefined && `BYMONTHDAY=${monthDays.join(",")}`,
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
  if (!rule.monthDays) return from;
  const { day } = calendarDay(from);
  for (let months = 0; months <= 60; months++) {
    const found = daysOfMonth(rule, addMonths(from - day + 1, months)).filter((day) => day >= from);
    if (found.length > 0) return Math.min(...found);
  }
  return from;
}

/** The days that fit in the month that begins on this one. */
function daysOfMonth({ monthDays = [], weekday }: RepeatRule, first: number): number[] {
  const { year, month } = calendarDay(first);
  const length = daysInMonth(year, month);
  const all = Array.from({ length }, (_, days) => first + days);
  const fitting = weekday === undefined ? all : all.filter((day) => weekdayOf(day) === weekday);
  // A month that is too short has its last day instead.
  const most = weekday === undefined ? length : 5;
  return monthDays.flatMap((day) => fitting.at(day < 0 ? day : Math.min(day, most) - 1) ?? []);
}
