// The days that are offered for a task that is put off. Pure.

import { dayText, weekdayOf } from "../quick-add/calendar";
import { localDay } from "../tasks/dueDate";
import { localTime } from "./reminders";
import { numberOf } from "./rule";

export type DayChoice = "today" | "tomorrow" | "nextWeek";

/** The due of each choice. A time of day stays, unless it is over today. */
export function dayChoices(due: string, now: Date): Readonly<Record<DayChoice, string>> {
  const today = numberOf(localDay(now));
  const days = { today, tomorrow: today + 1, nextWeek: today + 7 - weekdayOf(today) };
  const dues = Object.entries(days).map(([name, day]) => [name, withTimeOf(dayText(day), due)]);
  const choices = Object.fromEntries(dues) as Record<DayChoice, string>;
  return choices.today.includes("T") && choices.today <= localTime(now)
    ? { ...choices, today: dayText(today) }
    : choices;
}

/** The day with the time of this due. */
export function withTimeOf(day: string, due: string): string {
  const [, time] = due.split("T");
  return time === undefined ? day : `${day}T${time}`;
}
