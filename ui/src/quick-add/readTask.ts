// Reads a line that adds a task. The same rules as crates/task-words; tests/fixtures/task-words.json tests both.

import { DAY, dayNumber, dayText, LAST_DAY } from "./calendar";
import { Grammar, type ReadingContext } from "./grammar/grammar";
import { type DateParts, joinParts, readParts, type UnderstoodPart } from "./grammar/parts";
import { type Markers, readMarkers } from "./markers";
import { firstDay, ruleText } from "./repeatRule";
import { readStart } from "./start";
import { readTail } from "./tail";
import { type Language, readWords, type Word } from "./words";

export type { ReadingContext } from "./grammar/grammar";
export type { PartKind, UnderstoodPart } from "./grammar/parts";

const MAX_DATE = 200;

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

/** Now, where the browser is. `weekStart` is a weekday from Monday, 0, `dayStart` the minutes after midnight when a day begins. */
export function contextOf(now: Date, language: Language, weekStart: number, dayStart = 0): ReadingContext {
  const day = dayNumber(now.getFullYear(), now.getMonth() + 1, now.getDate()) ?? 0;
  const minute = now.getHours() * 60 + now.getMinutes();
  const early = minute < dayStart ? 1 : 0;
  return { today: day - early, minute: minute + early * DAY, weekStart, language };
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
  const start = readStart(text, free, context, language);
  const rest = free.slice(start?.words ?? 0);
  const tail = readTail(rest, hasKept ? 0 : 1, context, language);
  const joined = start?.parts && tail && joinParts(start.parts, tail);
  const parts = joined ?? start?.parts ?? tail;
  const date = parts && resolve(parts, context);
  const reminder = (date?.due !== undefined && start?.reminder) || [];
  const spans = (date && parts?.spans) ?? [];
  const understood = [
    ...markers.parts,
    ...spans.filter(({ kind }) => kind !== "priority" || markers.priority === undefined),
    ...reminder,
  ].sort((a, b) => a.start - b.start);
  const title = titleOf(text, understood);
  if (title === "") return { title: text.trim(), parts: [] };
  const priority = markers.priority ?? (date && parts?.priority);
  return {
    title,
    ...date,
    ...(reminder.length > 0 && { remind: true as const }),
    ...(priority !== undefined && { priority }),
    ...(markers.tags.length > 0 && { tags: markers.tags }),
    ...(markers.list !== undefined && { list: markers.list }),
    parts: understood,
  };
}

/** The due day and the rule of what was read; nothing if that is no day that can be due. */
function resolve(parts: DateParts, { today, minute }: ReadingContext): DateReading | undefined {
  if (parts.minutes !== undefined) {
    const due = dueText(today, minute + parts.minutes);
    return due === undefined ? undefined : { due, minutes: parts.minutes };
  }
  const next = today + (parts.time === undefined ? 0 : Math.floor((minute - parts.time) / DAY) + 1);
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
  const date = day + Math.floor((time ?? 0) / DAY);
  if (date > LAST_DAY) return undefined;
  if (time === undefined) return dayText(date);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${dayText(date)}T${two(Math.floor((time % DAY) / 60))}:${two(time % 60)}`;
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
    left = left.replace(/^[ ,;:\-–—|·]+|[ ,;:\-–—|·]+$/g, "").replace(/( !)+$/, "");
  }
  return /^"[^"]*[^"\s][^"]*"$/.test(left) ? left.slice(1, -1).trim() : left;
}
