import type { Language } from "./language";

/** A count as people write it: "1,234" or "1.234". The first use of Intl takes a browser long, so small counts do without. */
export const grouped = (count: number, language: Language): string =>
  count < 1000 ? `${count}` : count.toLocaleString(language);
