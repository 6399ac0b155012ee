// Every text that people read is in this folder: `en.ts` and `de.ts` for what the first page needs, `more-*.ts` for
// what is loaded later. Nothing else in src/ holds a sentence.

import { en } from "./en";
import { language } from "./language";

export type Strings = typeof en;

export const strings: Strings = language === "de" ? (await import("./de")).de : en;
