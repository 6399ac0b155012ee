// When the days, the weeks and the reminders of the user begin: as a new user has them, until they are loaded.

import { signal } from "@preact/signals";
import { changeSettings, getSettings, type UserSettings, type WeekStart } from "../api/settings";
import { browserIsIdle } from "../browser/idle";

/** A weekday from Monday, 0. */
const weekdays: Readonly<Record<WeekStart, number>> = { monday: 0, saturday: 5, sunday: 6 };

/** How many minutes after midnight a day begins. */
export const dayStart = signal(0);
/** The first day of a week. */
export const firstWeekday = signal(0);
/** The time, such as `09:00`, from which reminders of a task without a time are counted. */
export const reminderTime = signal("09:00");

export function noteSettings(settings: UserSettings): void {
  const [hours = 0, minutes = 0] = settings.day_start.split(":").map(Number);
  dayStart.value = hours * 60 + minutes;
  firstWeekday.value = weekdays[settings.week_start];
  reminderTime.value = settings.reminder_time;
}

/** Loads them. A new user is where the browser is. */
export async function loadUserTimes(user: string): Promise<void> {
  const settings = await getSettings(user);
  noteSettings(settings);
  if (settings.time_zone !== null) return;
  noteSettings(await changeSettings(user, await usualSettings()));
}

/**
 * What holds where the browser is, as far as it knows. The first uses of Intl take as long as drawing the page and nobody
 * waits for them, so each has an idle moment of its own.
 */
async function usualSettings(): Promise<Partial<UserSettings>> {
  await browserIsIdle();
  const week_start = usualWeekStart(navigator.language);
  await browserIsIdle();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { time_zone: timeZone, ...(week_start === undefined ? {} : { week_start }) };
}

function usualWeekStart(locale: string): WeekStart | undefined {
  // A method in the standard, a property in older browsers.
  const known = new Intl.Locale(locale) as Intl.Locale & {
    weekInfo?: { firstDay: number };
    getWeekInfo?(): { firstDay: number };
  };
  const { firstDay } = known.getWeekInfo?.() ?? known.weekInfo ?? {};
  return (Object.keys(weekdays) as WeekStart[]).find((day) => weekdays[day] + 1 === firstDay);
}
