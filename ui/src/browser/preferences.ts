// What a user chose for this browser: colours, language, shortcuts. Stored in local storage, because no server needs it.

import { signal } from "@preact/signals";

const KEYS = { theme: "theme", language: "language", shortcuts: "shortcuts" } as const;
export type PreferenceName = keyof typeof KEYS;

export type Theme = "light" | "dark" | "auto";

/** What was chosen; null for the default, and where the browser stores nothing. */
export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(KEYS[name]);
  } catch {
    return null;
  }
}

export function storePreference(name: PreferenceName, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEYS[name]);
    else localStorage.setItem(KEYS[name], value);
  } catch {
    // A browser that stores nothing: the choice holds until the page is left.
  }
}

export function readTheme(): Theme {
  const chosen = readPreference("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Whether single keys act as shortcuts. */
export const shortcutsEnabled = signal(readPreference("shortcuts") !== "off");

export function enableShortcuts(on: boolean): void {
  storePreference("shortcuts", on ? null : "off");
  shortcutsEnabled.value = on;
}
