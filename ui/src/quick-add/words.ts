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
const QUOTES: Record<string, string> = { '"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’" };
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
  return table.get(plain) ?? table.get(bare) ?? (language === "de" ? compound(bare) : []);
}

/** "Freitagabend" */
function compound(word: string): Meaning[] {
  const part = DAY_PARTS.find(([end]) => word.endsWith(end));
  const day = part && TABLES.de.get(word.slice(0, -part[0].length))?.[0];
  return day?.[0] === "Weekday" && day[2] === 1 ? [["WeekdayHour", day[1] ?? 0, part?.[1] ?? 0]] : [];
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
    const isQuoted = quoted.some(([from, to]) => from < start + raw.length && start < to);
    return {
      start,
      end: start + bare.length,
      plain,
      capital: /^\p{Uppercase}/u.test(raw),
      comma: bare.length < raw.length,
      quoted: isQuoted,
      meanings: isQuoted ? [] : [...meanings(plain, language), ...numeralMeanings(plain)],
    };
  });
}

function plainSpelling(word: string): string {
  const plain = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", "\u0308": "e", "’": "'" } as Record<string, string>;
  return word.toLowerCase().replace(/\u0308|[äöüß’]/g, (c) => plain[c] ?? c);
}

/** The places of quoted texts, marks included. A mark that is not closed quotes nothing. */
function quotedSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const closing = QUOTES[text.charAt(at)];
    if (closing === undefined || /[\p{Alphabetic}\p{N}]$/u.test(text.slice(0, at))) continue;
    const close = [...closing].map((mark) => text.indexOf(mark, at + 1)).filter((place) => place >= 0);
    if (close.length === 0) continue;
    const end = Math.min(...close) + 1;
    spans.push([at, end]);
    at = end - 1;
  }
  return spans;
}
