// What somebody chose for this browser: colours, language, shortcuts. Kept where cookies are not needed.

const KEYS = { theme: "theme", language: "language", shortcuts: "shortcuts" } as const;
export type Preference = keyof typeof KEYS;

export type Theme = "light" | "dark" | "auto";

/** What was chosen; null for the default, and where the browser keeps nothing. */
export function choice(preference: Preference): string | null {
  try {
    return localStorage.getItem(KEYS[preference]);
  } catch {
    return null;
  }
}

export function choose(preference: Preference, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEYS[preference]);
    else localStorage.setItem(KEYS[preference], value);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
}

export function theme(): Theme {
  const chosen = choice("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

export function applyTheme(wanted: Theme): void {
  if (wanted === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
}
