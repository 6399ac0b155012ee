// A run of words that is read as a whole. The same grammar as crates/task-words; tests/fixtures/task-words.json tests both.

import type { Meaning } from "../meaning";
import type { RepeatEnd, RepeatRule } from "../repeatRule";
import type { Language, Word } from "../words";

/** When and where words are read. */
export interface ReadingContext {
  /** Today as a day number, and the minutes since its midnight, in the user's zone: more than a day's before a day begins late. */
  readonly today: number;
  readonly minute: number;
  /** The first day of a week, from Monday, 0. */
  readonly weekStart: number;
  readonly language: Language;
}

/** A time of day in minutes; 1440 is the end of the day. */
export type ClockTime = number;

/** An exact time, and how surely its hour is one of 24. */
export interface SaidTime {
  readonly minutes: ClockTime;
  /** Exact: "5pm". Short: "05:00", which a part of the day may make the later one. Likely: "at 5". */
  readonly form: "exact" | "short" | "likely";
}

/** A part of the day by its hour. */
export interface DayPart {
  readonly hour: number;
  /** Whether it stands with its day, as in "Friday night". Its hours after midnight are those of the next day. */
  readonly ofDay: boolean;
}

/** One thing that words say. */
export type Fragment =
  | {
      readonly kind: "due";
      readonly day?: number;
      readonly said?: SaidTime;
      readonly dayPart?: DayPart;
      readonly minutes?: number;
    }
  | {
      readonly kind: "repeat";
      readonly rule?: RepeatRule;
      readonly day?: number;
      readonly dayPart?: DayPart;
      readonly end?: RepeatEnd;
      readonly fromCompletion?: true;
    }
  | { readonly kind: "priority"; readonly priority: string };

/** What was read, and the place behind it. */
export type Read<T> = readonly [T, next: number] | undefined;

export class Grammar {
  constructor(
    readonly words: readonly Word[],
    readonly context: ReadingContext,
    readonly language: Language,
    /** Whether the words stand alone, without a title before them: short forms and days of the past are dates then. */
    readonly alone: boolean,
  ) {}

  /** The values of a meaning of the word at this place. */
  find(at: number, kind: string): (number | string)[] | undefined {
    const found = this.words[at]?.meanings.find((meaning: Meaning) => meaning[0] === kind);
    return found && (found.slice(1) as (number | string)[]);
  }

  number(at: number, kind: string): number | undefined {
    const value = this.find(at, kind)?.[0];
    return typeof value === "number" ? value : undefined;
  }

  unit(at: number): string | undefined {
    return this.find(at, "Unit")?.[0] as string | undefined;
  }

  means(at: number, kind: string): boolean {
    return this.find(at, kind) !== undefined;
  }

  /** The place behind the words that lead to a day or a time: "due by", "ab", "bis spätestens". */
  lead(at: number): number {
    const behind = (place: number) =>
      this.means(place, "By") || this.means(place, "Starting") ? place + 1 : this.latest(place);
    let place = at;
    while (behind(place) > place) place = behind(place);
    return place;
  }

  /** The place behind "at the latest", if that is there. */
  latest(at: number): number {
    const latest = this.means(at, "At") ? this.skip(at + 1, "The") : at;
    return this.means(latest, "Latest") ? latest + 1 : at;
  }

  /** The place behind a word that may be there. */
  skip(at: number, kind: string): number {
    return this.means(at, kind) ? at + 1 : at;
  }
}

/** The longest; the last of those that are equally long. */
export function longest<T>(reads: readonly Read<T>[]): Read<T> {
  return reads.reduce((best, read) => (read && (!best || read[1] >= best[1]) ? read : best), undefined);
}
