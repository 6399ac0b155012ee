// What a user chose for this browser: colours, language, shortcuts. Kept in local storage, because no server needs it.

import { signal } from "@preact/signals";
import { readItem, storeItem } from "./storage";

/** The keys of local storage. */
type PreferenceName = "theme" | "language" | "shortcuts" | "completed";

export type Theme = "light" | "dark" | "auto";

/** The stored choice; null for the default. */
export function readPreference(name: PreferenceName): string | null {
  return readItem(name);
}

/** A browser that stores nothing keeps the choice until the page is left. */
export function storePreference(name: PreferenceName, value: string | null): void {
  storeItem(name, value);
}

export function readTheme(): Theme {
  const chosen = readPreference("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

/** Colours the page, and the bar of the browser around it. */
export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const bars = document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]");
  for (const [at, scheme] of (["light", "dark"] as const).entries()) {
    const media = theme === "auto" ? `(prefers-color-scheme: ${scheme})` : theme === scheme ? "all" : "not all";
    bars[at]?.setAttribute("media", media);
  }
}

/** Whether single keys act as shortcuts. */
export const shortcutsEnabled = signal(readPreference("shortcuts") !== "off");

export function enableShortcuts(on: boolean): void {
  storePreference("shortcuts", on ? null : "off");
  shortcutsEnabled.value = on;
}
