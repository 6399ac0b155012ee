// The days of a month as a calendar shows them, and where its keys lead. Days are numbers. Pure.

import { addMonths, calendarDay, dayNumber, daysInMonth, FIRST_DAY, LAST_DAY, weekdayOf } from "../quick-add/calendar";

export interface MonthPage {
  readonly year: number;
  /** From 1 on. */
  readonly month: number;
  /** The weeks from their first weekday on; null where a day belongs to another month. */
  readonly weeks: readonly (readonly (number | null)[])[];
}

/** How many days of its week are before this day. `first` is the weekday with which a week begins, from Monday, 0. */
function daysIntoWeek(day: number, first: number): number {
  return (weekdayOf(day) + 7 - first) % 7;
}

/** The month that has this day. */
export function monthOf(day: number, firstWeekday: number): MonthPage {
  const { year, month } = calendarDay(day);
  const first = dayNumber(year, month, 1) ?? day;
  const length = daysInMonth(year, month);
  const lead = daysIntoWeek(first, firstWeekday);
  const weeks = Array.from({ length: Math.ceil((lead + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const inMonth = week * 7 + weekday - lead;
      return inMonth >= 0 && inMonth < length ? first + inMonth : null;
    }),
  );
  return { year, month, weeks };
}

/** The day to which a key leads; null for a key that leads nowhere. */
export function dayAfterKey(day: number, key: string, shift: boolean, firstWeekday: number): number | null {
  const months = shift ? 12 : 1;
  const target: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => day - 1,
    ArrowRight: () => day + 1,
    ArrowUp: () => day - 7,
    ArrowDown: () => day + 7,
    Home: () => day - daysIntoWeek(day, firstWeekday),
    End: () => day + 6 - daysIntoWeek(day, firstWeekday),
    PageUp: () => addMonths(day, -months),
    PageDown: () => addMonths(day, months),
  };
  const found = target[key]?.();
  return found === undefined ? null : Math.min(LAST_DAY, Math.max(FIRST_DAY, found));
}
