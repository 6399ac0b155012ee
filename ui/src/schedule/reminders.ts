// When a task reminds. A reminder is a number of minutes before the task is due. Pure.

import { localDay } from "../tasks/dueDate";

/** The reminders that are offered. */
export const OFFERED_REMINDERS = [0, 10, 60, 1440] as const;
export const MAX_REMINDERS = 5;
/** The earliest reminder: a year before. */
export const MAX_MINUTES = 366 * 24 * 60;

export const reminderUnits = { minute: 1, hour: 60, day: 1440, week: 10_080 } as const;
export type ReminderUnit = keyof typeof reminderUnits;

/** The largest unit in which the minutes are a whole number, and that number. */
export function lengthOf(minutes: number): { readonly count: number; readonly unit: ReminderUnit } {
  const units = Object.keys(reminderUnits) as ReminderUnit[];
  const unit = units.findLast((name) => minutes % reminderUnits[name] === 0) ?? "minute";
  return { count: minutes / reminderUnits[unit], unit };
}

/** The reminders with this one, or without it if it is there; sorted, the latest first. */
export function toggleReminder(remind: readonly number[], minutes: number): number[] {
  if (remind.includes(minutes)) return remind.filter((other) => other !== minutes);
  return [...remind, minutes].sort((a, b) => a - b).slice(0, MAX_REMINDERS);
}

/** When a reminder comes, where the browser is. A day counts from `time`, such as `09:00`. */
export function reminderMoment(due: string, minutes: number, time: string): Date {
  const start = new Date(due.includes("T") ? due : `${due}T${time}`);
  return new Date(start.getTime() - minutes * 60_000);
}

/** The local time as the API writes it: `2026-12-01T16:50`. */
export function localTime(moment: Date): string {
  const [hours, minutes] = [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, "0"));
  return `${localDay(moment)}T${hours}:${minutes}`;
}
