// Reads a line that adds a task. The same rules as crates/task-words; tests/fixtures/task-words.json tests both.

import { dayNumber, dayText, LAST_DAY } from "./calendar";
import { Grammar, type ReadingContext } from "./grammar/grammar";
import { type DateParts, readParts, readPartsOrContradiction, type UnderstoodPart } from "./grammar/parts";
import { type Markers, readMarkers } from "./markers";
import type { Meaning } from "./meaning";
import { firstDay, ruleText } from "./repeatRule";
import { type Language, meanings, namesDay, readWords, type Word } from "./words";

export type { ReadingContext } from "./grammar/grammar";
export type { PartKind, UnderstoodPart } from "./grammar/parts";

const MAX_WORDS = 24;
const MAX_DATE = 200;
const JOINTS = ["to", "about", "that", "of", "an", "daran", "dass"];
const DAYS = ["Day", "Weekday", "Weekdays", "DayHour", "WeekdayHour", "Date", "DayMonth"];
const BINDING = ["Blocks", "Every", "At", "By", "Until"];
/** What leads to a day. What comes before it may bind the day too: "not on Friday". */
const LEADING = ["On", "Next", "Coming"];

interface DateReading {
  /** `2026-12-24`, `2026-12-24T17:00` */
  readonly due?: string;
  /** What was said, where that was a length of time: "in 2 hours". */
  readonly minutes?: number;
  readonly repeat?: string;
  readonly repeatFrom?: "completion";
}

/** A task as a line says it. */
export interface TaskReading extends DateReading {
  readonly title: string;
  readonly remind?: true;
  readonly priority?: string;
  readonly tags?: readonly string[];
  readonly list?: string;
  /** What was understood, in the order of the line. */
  readonly parts: readonly UnderstoodPart[];
}

type Span = Pick<UnderstoodPart, "start" | "end">;

/** Now, where the browser is. `weekStart` is a weekday from Monday, 0. */
export function contextOf(now: Date, language: Language, weekStart: number): ReadingContext {
  const today = dayNumber(now.getFullYear(), now.getMonth() + 1, now.getDate()) ?? 0;
  return { today, minute: now.getHours() * 60 + now.getMinutes(), weekStart, language };
}

function languages({ language }: ReadingContext): readonly Language[] {
  return language === "en" ? ["en", "de"] : ["de", "en"];
}

/** Reads a line. What touches one of the spans in `kept` stays in the title: chips that were dismissed. */
export function readTask(text: string, context: ReadingContext, kept: readonly Span[] = []): TaskReading {
  const readings = languages(context).map((language) => {
    const words = readWords(text, language);
    const open = words.filter((word) => !touches(word, kept));
    const markers = readMarkers(text, open);
    const free = open.filter((word) => !touches(word, markers.parts));
    return readIn(text, free, open.length < words.length, markers, context, language);
  });
  // The language that understands more; the preferred one if both understand the same.
  const understood = ({ parts }: TaskReading) => parts.reduce((sum, part) => sum + part.end - part.start, 0);
  return readings.reduce((best, reading) => (understood(reading) > understood(best) ? reading : best));
}

function touches({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start < end && start < span.end);
}

/** Reads a text that is nothing but a date, a time, a repeat or any of these together: "fri 9". */
export function readDate(text: string, context: ReadingContext): DateReading | undefined {
  if (text.length > MAX_DATE) return undefined;
  for (const language of languages(context)) {
    const parts = readParts(new Grammar(readWords(text, language), context, language, true), 0);
    const reading = parts && parts.priority === undefined ? resolve(parts, context) : undefined;
    if (reading?.due !== undefined) return reading;
  }
  return undefined;
}

function readIn(
  text: string,
  free: readonly Word[],
  hasKept: boolean,
  markers: Markers,
  context: ReadingContext,
  language: Language,
): TaskReading {
  const begin = readReminder(free, context, language);
  const rest = begin ? free.slice(begin.words) : free;
  const parts = begin?.parts ?? readTail(rest, hasKept ? 0 : 1, context, language);
  const date = parts && resolve(parts, context);
  const spans = (date && parts?.spans) ?? [];
  const understood = [
    ...markers.parts,
    ...spans.filter(({ kind }) => kind !== "priority" || markers.priority === undefined),
    ...(begin && date?.due !== undefined ? begin.spans : []),
  ].sort((a, b) => a.start - b.start);
  const title = titleOf(text, understood);
  if (title === "") return { title: text.trim(), parts: [] };
  const priority = markers.priority ?? (date && parts?.priority);
  return {
    title,
    ...date,
    ...(begin && date?.due !== undefined && { remind: true as const }),
    ...(priority !== undefined && { priority }),
    ...(markers.tags.length > 0 && { tags: markers.tags }),
    ...(markers.list !== undefined && { list: markers.list }),
    parts: understood,
  };
}

/** The longest run of words at the end that is a date, a repeat or a priority as a whole, with a title before it. */
function readTail(words: readonly Word[], first: number, context: ReadingContext, language: Language) {
  const grammar = new Grammar(words, context, language, false);
  for (let start = Math.max(first, words.length - MAX_WORDS); start < words.length; start++) {
    const isFree = !isBound(words, start, [language, context.language]);
    const parts = isFree ? readPartsOrContradiction(grammar, start) : undefined;
    // A part of a contradiction is no date.
    if (parts) return parts === "contradiction" ? undefined : parts;
  }
  return undefined;
}

/** Whether the words before it make a date a part of the title: "the Friday", "from 9 to 17:00", "Black Friday". */
function isBound(words: readonly Word[], start: number, both: readonly Language[]): boolean {
  const [before, first] = [words[start - 1], words[start]];
  if (!before || !first) return false;
  const means = (kinds: readonly string[]) => first.meanings.some(([kind]) => kinds.includes(kind));
  const inSpan = words.slice(Math.max(0, start - 3), start).some(({ plain }) => /^(from|von|vom|between)$/.test(plain));
  if (inSpan && means(["By", "Until", "To"])) return true;
  const beforeMeans = meaningsInBoth(before, both);
  // A date that is told in more words than are understood: "Mon, Wed, Fri 7am", "24.12. bis 31.12."
  if (beforeMeans.some(([kind]) => DAYS.includes(kind)) && !means(["Day"])) return true;
  // The other language does not see what "evening" says of "10am".
  const isHour = ([kind]: Meaning) => kind === "Hour";
  if (means(["Time"]) && beforeMeans.some(isHour) && !before.meanings.some(isHour)) return true;
  const hasOne = (word: Word, kinds: readonly string[]) =>
    !word.comma && meaningsInBoth(word, both).some(([kind]) => kinds.includes(kind));
  // Where the words begin that lead to the date.
  const lead = words.slice(0, start).findLastIndex((word) => !hasOne(word, LEADING)) + 1;
  if (isInPeriod(words, start) || isInPeriod(words, lead)) return true;
  const owner = lead < start ? words[lead - 1] : undefined;
  if (owner && hasOne(owner, BINDING)) return true;
  const binds = beforeMeans.some(([kind]) => BINDING.includes(kind));
  return !before.comma && (binds || (means(["Weekday"]) && namesDay(before.plain)));
}

/** Whether it belongs to a period that is not understood: "next week on the 3rd", "2 hours from tomorrow", "Ende nächster Woche". */
function isInPeriod(words: readonly Word[], start: number): boolean {
  const means = (at: number, kind: string) => words[at]?.meanings.some((meaning) => meaning[0] === kind) ?? false;
  const plain = (at: number) => words[at]?.plain ?? "";
  const isNext = means(start - 2, "Next") || plain(start - 2).startsWith("uebernaechst");
  const isPlace = /^(anfang|mitte|ende|mid)$/.test(plain(start - 1));
  const isFrom = means(start, "From");
  return (means(start - 1, "Unit") && (isNext || isFrom)) || (isPlace && means(start, "Next"));
}

/** In the language of the line and in the one that is tried: "Fri" before "um 7" is a day. */
function meaningsInBoth(word: Word, both: readonly Language[]): readonly Meaning[] {
  return [...both.flatMap((language) => meanings(word.plain, language)), ...word.meanings];
}

/** "Remind me tomorrow to": its date, its words, and where they stand apart from the date. */
function readReminder(words: readonly Word[], context: ReadingContext, language: Language) {
  const [first, second] = words;
  if (!first || !second || !/^(remind me|erinnere? mich)$/.test(`${first.plain} ${second.plain}`)) return undefined;
  const joint = words.slice(2, 14).findIndex(({ plain }) => JOINTS.includes(plain)) + 2;
  const to = words[joint];
  if (joint < 2 || !to || joint + 1 >= words.length) return undefined;
  const dated = words.slice(2, joint);
  const parts = dated.length > 0 ? readParts(new Grammar(dated, context, language, false), 0) : undefined;
  if (!parts && dated.length > 0) return undefined;
  const span = (from: Word, until: Word): UnderstoodPart => ({ kind: "remind", start: from.start, end: until.end });
  return { parts, words: joint + 1, spans: [span(first, second), span(to, to)] };
}

/** The due day and the rule of what was read; nothing if that is no day that can be due. */
function resolve(parts: DateParts, { today, minute }: ReadingContext): DateReading | undefined {
  if (parts.minutes !== undefined) {
    const due = dueText(today, minute + parts.minutes);
    return due === undefined ? undefined : { due, minutes: parts.minutes };
  }
  const next = parts.time !== undefined && parts.time <= minute ? today + 1 : today;
  const start = parts.day ?? (parts.rule || parts.time !== undefined ? next : undefined);
  if (start === undefined) return {};
  const due = dueText(parts.rule ? firstDay(parts.rule, start) : start, parts.time);
  if (due === undefined) return undefined;
  return {
    due,
    ...(parts.rule && { repeat: ruleText(parts.rule, parts.end) }),
    ...(parts.fromCompletion && { repeatFrom: "completion" as const }),
  };
}

function dueText(day: number, time: number | undefined): string | undefined {
  const date = day + Math.floor((time ?? 0) / 1440);
  if (date > LAST_DAY) return undefined;
  if (time === undefined) return dayText(date);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${dayText(date)}T${two(Math.floor((time % 1440) / 60))}:${two(time % 60)}`;
}

/** What is left of a line, without the punctuation that parted it from what was understood. */
function titleOf(text: string, understood: readonly UnderstoodPart[]): string {
  let [left, at] = ["", 0];
  for (const { start, end } of understood) {
    left += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  left = (left + text.slice(at)).replace(/\p{White_Space}+/gu, " ").trim();
  if (understood.length > 0) {
    left = left.replaceAll(" , ", ", ").replaceAll(", , ", ", ");
    left = left.replace(/^[ ,;:\-–]+|[ ,;:\-–]+$/g, "").replace(/( !)+$/, "");
  }
  return /^"[^"]*[^"\s][^"]*"$/.test(left) ? left.slice(1, -1).trim() : left;
}
