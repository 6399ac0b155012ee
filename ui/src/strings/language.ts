// Which language is spoken: the chosen one, else the first of the browser's that there is.

import { choice } from "../browser/preferences";

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

export function pick(chosen: string | null, preferred: readonly string[]): Language {
  for (const tag of [chosen ?? "", ...preferred]) {
    const language = tag.toLowerCase().split("-")[0];
    if (language === "en" || language === "de") return language;
  }
  return "en";
}

export const language: Language = pick(choice("language"), globalThis.navigator?.languages ?? []);
