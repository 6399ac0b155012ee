// The language of the texts: the chosen one, otherwise the first of the browser's languages that the app has.
// Every text that people read is in this folder: for each subject a file of `en/`, the same in `de/`, and the file
// beside this one that loads the right one. German is fetched only when it is used; of the first page, English too.

import { readPreference } from "../browser/preferences";

export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

export function chooseLanguage(chosen: string | null, preferred: readonly string[]): Language {
  for (const tag of [chosen ?? "", ...preferred]) {
    const language = tag.toLowerCase().split("-")[0];
    if (language === "en" || language === "de") return language;
  }
  return "en";
}

export const language: Language = chooseLanguage(readPreference("language"), globalThis.navigator?.languages ?? []);
