// Whether the completed tasks below the list are shown. It is remembered in this browser.

import { signal } from "@preact/signals";
import { readPreference, storePreference } from "../browser/preferences";

export const completedOpen = signal(readPreference("completed") === "open");

export function showCompleted(open: boolean): void {
  storePreference("completed", open ? "open" : null);
  completedOpen.value = open;
}
