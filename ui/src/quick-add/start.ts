// The words that begin a line and say when.

import { Grammar, type ReadingContext } from "./grammar/grammar";
import { type DateParts, readParts, type UnderstoodPart } from "./grammar/parts";
import { DAYS } from "./meaning";
import type { Language, Word } from "./words";

const MAX_WORDS = 12;
const JOINTS = ["to", "about", "that", "of", "an", "daran", "dass"];

/** "Remind me tomorrow to", "Tomorrow:", "Friday -" */
interface LineStart {
  /** Its date. */
  readonly parts: DateParts | undefined;
  /** How many words it has. */
  readonly words: number;
  /** Where it asks for a reminder. */
  readonly reminder: readonly UnderstoodPart[];
}

type PartsReader = (words: readonly Word[]) => DateParts | undefined;

/** Reads what begins a line. A title follows. */
export function readStart(
  text: string,
  words: readonly Word[],
  context: ReadingContext,
  language: Language,
): LineStart | undefined {
  const read: PartsReader = (dated) => readParts(new Grammar(dated, context, language, false), 0);
  return readReminder(words, read) ?? readDated(text, words, read);
}

/** "Remind me tomorrow to" */
function readReminder(words: readonly Word[], read: PartsReader): LineStart | undefined {
  const [first, second] = words;
  if (!first || !second || !/^(remind me|erinnere? mich)$/.test(`${first.plain} ${second.plain}`)) return undefined;
  const joint = words.slice(2, 2 + MAX_WORDS).findIndex(({ plain }) => JOINTS.includes(plain)) + 2;
  const to = words[joint];
  if (joint < 2 || !to || joint + 1 >= words.length) return undefined;
  const dated = words.slice(2, joint);
  const parts = dated.length > 0 ? read(dated) : undefined;
  if (!parts && dated.length > 0) return undefined;
  const span = (from: Word, until: Word): UnderstoodPart => ({ kind: "remind", start: from.start, end: until.end });
  return { parts, words: joint + 1, reminder: [span(first, second), span(to, to)] };
}

/** "Tomorrow:", "Friday -", and no other date or time behind it. "Weekly:" is a name. */
function readDated(text: string, words: readonly Word[], read: PartsReader): LineStart | undefined {
  const means = (word: Word | undefined, kinds: readonly string[]) =>
    word?.meanings.some(([kind]) => kinds.includes(kind)) ?? false;
  const isDash = (at: number) => means(words[at], ["Dash"]);
  const end = words.slice(0, MAX_WORDS - 1).findIndex((word, at) => isDash(at + 1) || text[word.end] === ":") + 1;
  const next = isDash(end) ? end + 1 : end;
  const goesOn = means(words[next], [...DAYS, "Time", ...(isDash(end) ? ["Number", "Ordinal"] : [])]);
  const isBegin = text.slice(0, words[0]?.start).trim() === "";
  if (end === 0 || !isBegin || !words[next] || goesOn || means(words[0], ["Adverb"])) return undefined;
  const parts = read(words.slice(0, end));
  return parts && { parts, words: next, reminder: [] };
}
