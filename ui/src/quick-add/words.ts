// The words of a line, and what they may mean.

import { BEFORE_NAMES, ENGLISH } from "./english";
import { GERMAN } from "./german";
import type { Meaning } from "./meaning";
import { numeralMeanings } from "./numerals";

export type Language = "en" | "de";
export interface Word {
  /** Where it stands, without the punctuation that follows. */
  readonly start: number;
  readonly end: number;
  /** In lower case, ä as ae. */
  readonly plain: string;
  readonly capital: boolean;
  /** Whether a comma or the like follows. */
  readonly comma: boolean;
  readonly quoted: boolean;
  readonly meanings: readonly Meaning[];
}

const TABLES: Record<Language, Map<string, Meaning[]>> = { en: readTable(ENGLISH), de: readTable(GERMAN) };
const NAMES = new Set(BEFORE_NAMES.split(" "));
const QUOTES: Record<string, string> = { '"': '"', "“": "”", "„": '“”"', "«": "»", "»": "«", "‹": "›", "‘": "’" };
const DAY_PARTS = [
  ["vormittag", 10],
  ["nachmittag", 15],
  ["mittag", 12],
  ["morgen", 9],
  ["abend", 18],
  ["nacht", 20],
] as const;

function readTable(text: string): Map<string, Meaning[]> {
  const rows = text.trim().split("\n");
  const entries = rows.flatMap((row) => {
    const [words = "", meanings = ""] = row.split(" = ");
    const read = meanings.split(" ").map((meaning): Meaning => {
      const [kind = "", ...values] = meaning.split(":");
      return [kind, ...values.map((value) => (/^\d/.test(value) ? Number(value) : value))];
    });
    return words.split(" ").map((word) => [word, read] as const);
  });
  return new Map(entries.reverse());
}

/** What a word in plain spelling may mean. */
export function meanings(plain: string, language: Language): readonly Meaning[] {
  const table = TABLES[language];
  const bare = plain.length > 1 && plain.endsWith(".") ? plain.slice(0, -1) : plain;
  const known = table.get(plain) ?? table.get(bare);
  if (known) return known;
  // "Mon/Wed" is no list that is read.
  if (bare.split("/").every((day) => weekday(day, language))) return [["Blocks"]];
  const compound = weekdayRange(plain, language) ?? (language === "de" ? weekdayAndHour(bare) : undefined);
  return compound ? [compound] : [];
}

function weekday(word: string, language: Language): Meaning | undefined {
  return TABLES[language].get(word)?.find(([kind]) => kind === "Weekday");
}

/** "Mo-Fr", "tue–sat" */
function weekdayRange(word: string, language: Language): Meaning | undefined {
  const [, start = "", end = ""] = /^(.*?)[-–](.*)$/.exec(word) ?? [];
  const [first, last] = [start, end].map((day) => weekday(day.replace(/\.+$/, ""), language)?.[1]);
  if (typeof first !== "number" || typeof last !== "number" || first === last) return undefined;
  return ["Weekdays", 0, ...weekdaysBetween(first, last)];
}

/** From the first to the last one, maybe over Sunday. */
export function weekdaysBetween(first: number, last: number): number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, days) => (first + days) % 7);
}

/** "Freitagabend" */
function weekdayAndHour(word: string): Meaning | undefined {
  const part = DAY_PARTS.find(([end]) => word.endsWith(end));
  const day = part && weekday(word.slice(0, -part[0].length), "de");
  return day?.[2] === 1 ? ["WeekdayHour", day[1] ?? 0, part?.[1] ?? 0] : undefined;
}

/** Whether a word before a weekday makes it a name. */
export function namesDay(before: string): boolean {
  return NAMES.has(before);
}

export function readWords(text: string, language: Language): Word[] {
  const quoted = quotedSpans(text);
  return [...text.matchAll(/[^\p{White_Space}]+/gu)].map((match) => {
    const raw = match[0];
    const start = match.index;
    const bare = raw.replace(/[,;:!]+$/, "") || raw;
    const plain = plainSpelling(bare);
    const capital = /^\p{Uppercase}/u.test(raw);
    const isQuoted = quoted.some(([from, to]) => from < start + raw.length && start < to);
    const found = isQuoted ? [] : [...meanings(plain, language), ...numeralMeanings(plain)];
    return {
      start,
      end: start + bare.length,
      plain,
      capital,
      comma: bare.length < raw.length,
      quoted: isQuoted,
      // "So" is Sunday, "so" is none.
      meanings: plain === "so" ? found.filter(([kind]) => capital === (kind === "Weekday")) : found,
    };
  });
}

function plainSpelling(word: string): string {
  const plain = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", "\u0308": "e", "’": "'", "‘": "'" } as Record<string, string>;
  return word.toLowerCase().replace(/\u0308|[äöüß’‘]/g, (c) => plain[c] ?? c);
}

/** The places of quoted texts, marks included. A mark that is not closed quotes nothing. */
function quotedSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const end = quotationEnd(text, at);
    if (end === undefined || /[\p{Alphabetic}\p{N}]$/u.test(text.slice(0, at))) continue;
    spans.push([at, end]);
    at = end - 1;
  }
  return spans;
}

/** The place behind the quoted text whose mark is here. */
export function quotationEnd(text: string, at: number): number | undefined {
  const closing = QUOTES[text.charAt(at)] ?? "";
  const close = [...closing].map((mark) => text.indexOf(mark, at + 1)).filter((place) => place >= 0);
  return close.length > 0 ? Math.min(...close) + 1 : undefined;
}
