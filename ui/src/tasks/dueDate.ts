// When a task is due, in words of the page's language. A day is `2026-12-01`, a time `2026-12-01T17:00`. Pure.

import { language } from "../strings/language";

const DAY_MS = 86_400_000;

/** The day where the browser is. */
export function localDay(now: Date): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The day that is so many days after this one. */
export function dayAfter(day: Date, days: number): string {
  return localDay(new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 12));
}

/** "Today", "Tomorrow, 17:00", "Fri, 4 Dec", with the year where it is another one; "tomorrow" inside a sentence. */
export function describeDue(due: string, now: Date, inside = false): string {
  const [day = "", time] = due.split("T");
  const date = new Date(`${day}T12:00`);
  const today = new Date(`${localDay(now)}T12:00`);
  const distance = Math.round((date.getTime() - today.getTime()) / DAY_MS);
  const words = Math.abs(distance) <= 1 ? relativeDay(distance, inside) : calendarDay(date, today);
  if (time === undefined) return words;
  return `${words}, ${new Date(due).toLocaleTimeString(language, { timeStyle: "short" })}`;
}

function relativeDay(distance: number, inside: boolean): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(distance, "day");
  return inside ? words : words.charAt(0).toUpperCase() + words.slice(1);
}

function calendarDay(date: Date, today: Date): string {
  const sameYear = date.getFullYear() === today.getFullYear();
  return date.toLocaleDateString(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}
