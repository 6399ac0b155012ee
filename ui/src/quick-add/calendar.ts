// Days as numbers from 1970-01-01 on, without times or zones.

/** The minutes of a day. */
export const DAY = 1440;
export const FIRST_DAY = 0;
export const LAST_DAY = dayNumber(2200, 12, 31) ?? 0;

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day of the calendar, if there is one. Months from 1 on. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1 && month <= 12;
  return exists ? Math.round(date.getTime() / 86_400_000) : undefined;
}

export function calendarDay(number: number): CalendarDay {
  const date = new Date(number * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** From Monday, 0. */
export function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** `2026-12-24` */
export function dayText(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** So many months later, at most on the last day of the month. */
export function addMonths(number: number, months: number): number {
  const { year, month, day } = calendarDay(number);
  const count = year * 12 + month - 1 + months;
  const [thatYear, thatMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return dayNumber(thatYear, thatMonth, Math.min(day, daysInMonth(thatYear, thatMonth))) ?? number;
}
