// The minute that it is where the browser is, and the user's day, as the page shows them.

import { computed, signal } from "@preact/signals";
import { localDay } from "../tasks/dueDate";
import { dayStart } from "./userTimes";

const MINUTE_MS = 60_000;

const minute = signal(Date.now());
export const today = computed(() => localDay(new Date(minute.value - dayStart.value * MINUTE_MS)));

/** Who keeps the page in step looks at the clock too. */
export function lookAtClock(): void {
  minute.value = Date.now() - (Date.now() % MINUTE_MS);
}

/** Whether a day is over, or a time has come. */
export function isPast(due: string): boolean {
  return due.includes("T") ? new Date(due).getTime() <= minute.value : due < today.value;
}
