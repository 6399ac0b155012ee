// All that a run of words says, each once.

import type { RepeatEnd, RepeatRule } from "../repeatRule";
import type { Word } from "../words";
import { readClock } from "./clock";
import { settleTime } from "./dayParts";
import { readDay, readDayWithHour, readWritten } from "./days";
import type { ClockTime, DayPart, Fragment, Grammar, Read, SaidTime } from "./grammar";
import { readLength } from "./lengths";
import { readEnd, readRepeat } from "./repeats";

export type PartKind = "due" | "repeat" | "remind" | "priority" | "tag" | "list";

/** A part of a line that was understood, and so is not in the title. */
export interface UnderstoodPart {
  readonly kind: PartKind;
  readonly start: number;
  readonly end: number;
}

export interface DateParts {
  day?: number;
  said?: SaidTime;
  dayPart?: DayPart;
  /** Made of the two before. */
  time?: ClockTime;
  minutes?: number;
  rule?: RepeatRule;
  end?: RepeatEnd;
  fromCompletion?: true;
  priority?: string;
  readonly spans: UnderstoodPart[];
}

/** Reads all words from `start` on; nothing if any of them says nothing. */
export function readParts(grammar: Grammar, start: number): DateParts | undefined {
  const parts = readPartsOrContradiction(grammar, start);
  return parts === "contradiction" ? undefined : parts;
}

/** The same, also where a time contradicts its part of the day: "this afternoon at 11am". */
export function readPartsOrContradiction(grammar: Grammar, start: number): DateParts | "contradiction" | undefined {
  const parts: DateParts = { spans: [] };
  let dayEnd: number | undefined;
  for (let at = start; at < grammar.words.length; ) {
    const read = fragment(grammar, at, start);
    if (!read) return undefined;
    const [found, next] = read;
    if (!add(parts, dayEnd === at && next === at + 1 ? withItsDay(found) : found)) return undefined;
    if (("day" in found || "rule" in found) && !("dayPart" in found)) dayEnd = next;
    addSpan(parts.spans, found.kind, grammar.words.slice(at, next));
    // "Friday - 9pm"
    at = next + 1 < grammar.words.length ? grammar.skip(next, "Dash") : next;
  }
  return settleTime(parts, grammar) ? parts : "contradiction";
}

/** A part of the day that stands with its day. */
function withItsDay(found: Fragment): Fragment {
  const isPart = found.kind === "due" && found.dayPart;
  return isPart ? { ...found, dayPart: { ...isPart, ofDay: true } } : found;
}

/** The longest fragment that begins here; the first of those that are equally long. */
function fragment(grammar: Grammar, at: number, start: number): Read<Fragment> {
  const day = readDay(grammar, at);
  const reads: Read<Fragment>[] = [
    readRepeat(grammar, at, start),
    readEnd(grammar, at, start),
    readWritten(grammar, at),
    day && [{ kind: "due", day: day[0] }, day[1]],
    readDayWithHour(grammar, at),
    readClock(grammar, at, start),
    readLength(grammar, at),
    readPriority(grammar, at, start),
  ];
  return reads.reduce((best, read) => (read && (!best || read[1] > best[1]) ? read : best), undefined);
}

/** Adds what was read; false if the same was said before. */
function add(parts: DateParts, { kind, ...said }: Fragment): boolean {
  if (("end" in said || "fromCompletion" in said) && !parts.rule) return false;
  if (Object.keys(said).some((name) => name in parts && name !== "fromCompletion")) return false;
  Object.assign(parts, said);
  return kind !== undefined && isOneDate(parts);
}

/** Whether it is no length of time with a date beside it. */
function isOneDate({ minutes, day, said, dayPart, time, rule }: DateParts): boolean {
  const others = [day, said, dayPart, time, rule];
  return minutes === undefined || others.every((other) => other === undefined);
}

/** What was said in two places of a line; nothing if both say the same. */
export function joinParts(one: DateParts, other: DateParts): DateParts | undefined {
  const names = ["day", "time", "minutes", "rule", "end", "priority"] as const;
  if (names.some((name) => one[name] !== undefined && other[name] !== undefined)) return undefined;
  const joined = { ...one, ...other, spans: [...one.spans, ...other.spans] };
  return isOneDate(joined) ? joined : undefined;
}

function addSpan(spans: UnderstoodPart[], kind: PartKind, words: readonly Word[]): void {
  const [first, last, before] = [words[0], words.at(-1), spans.at(-1)];
  if (!first || !last) return;
  if (before?.kind === kind) spans[spans.length - 1] = { ...before, end: last.end };
  else spans.push({ kind, start: first.start, end: last.end });
}

/** "high priority", "Priorität hoch"; "urgent" after a comma. */
function readPriority(grammar: Grammar, at: number, start: number): Read<Fragment> {
  const from = grammar.skip(at, "With");
  for (const [level, word] of [
    [from, from + 1],
    [from + 1, from],
  ] as const) {
    const priority = grammar.find(level, "Level")?.[0];
    if (priority !== undefined && grammar.means(word, "PriorityWord")) {
      return [{ kind: "priority", priority: String(priority) }, from + 2];
    }
  }
  const apart = at > start || grammar.words[at - 1]?.comma === true;
  return apart && grammar.means(at, "Urgent") ? [{ kind: "priority", priority: "high" }, at + 1] : undefined;
}
