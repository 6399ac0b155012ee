// The words at the end of a line that are a date.

import { Grammar, type ReadingContext } from "./grammar/grammar";
import { readPartsOrContradiction } from "./grammar/parts";
import { DAYS, type Meaning } from "./meaning";
import { type Language, meanings, namesDay, type Word } from "./words";

const MAX_WORDS = 24;
const BINDING = ["Blocks", "Every", "At", "By", "Until"];
/** What leads to a day. What comes before it may bind the day too: "not on Friday". */
const LEADING = ["On", "Next", "Coming"];

/** The longest run of words at the end that is a date, a repeat or a priority as a whole, with a title before it. */
export function readTail(words: readonly Word[], first: number, context: ReadingContext, language: Language) {
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
  const inSpan = words.slice(Math.max(0, start - 3), start).some(({ plain }) => /^(from|von|vom|between)$/.test(plain));
  if (inSpan && means(first, "By", "Until", "To")) return true;
  // There is no such rule: "twice daily".
  if (means(before, "Times") && means(first, "Every", "Adverb")) return true;
  const beforeMeans = meaningsInBoth(before, both);
  // "every morning and evening at 8". The other language does not see what "evening" says of "10am".
  if (means(first, "Time", "At") && beforeMeans.some(([kind]) => kind === "Hour")) return true;
  const hasOne = (word: Word, kinds: readonly string[]) =>
    !word.comma && meaningsInBoth(word, both).some(([kind]) => kinds.includes(kind));
  // Where the words begin that lead to the date.
  const lead = words.slice(0, start).findLastIndex((word) => !hasOne(word, LEADING)) + 1;
  // "on Friday" alone has no title.
  if (lead === 0 || [start, lead].some((at) => isTorn(words, at, both) || isInPeriod(words, at))) return true;
  const owner = lead < start ? words[lead - 1] : undefined;
  if (owner && hasOne(owner, BINDING)) return true;
  const binds = beforeMeans.some(([kind]) => BINDING.includes(kind));
  return !before.comma && (binds || (means(first, "Weekday", "Weekdays") && namesDay(before.plain)));
}

/**
 * Whether the words before it say more about time than is understood: "Mon, Wed, Fri 7am", "24.12. bis 31.12.", "9 - 10:00",
 * "every 2 hours at 5".
 */
function isTorn(words: readonly Word[], start: number, both: readonly Language[]): boolean {
  const end = words.slice(0, start).findLastIndex((word) => !means(word, "Dash")) + 1;
  const [told, first, last] = [words.slice(0, end), words[start], words[end - 1]];
  const isRange = end < start;
  const isClock = (word: Word | undefined) => isNumber(word) || means(word, "Time");
  if (isRange && isClock(first) && (isClock(last) || means(last, "Clock", "Am", "Pm"))) return true;
  if (isNumber(last) && means(first, "Month")) return true;
  return (isRange || !means(first, "Day")) && (endsInDay(told, both) || endsInRule(told));
}

/** "Monday", "31 February", "5th", "weekly" */
function endsInDay(told: readonly Word[], both: readonly Language[]): boolean {
  const [before, last] = [told.at(-2), told.at(-1)];
  if (!last) return false;
  if (isNumber(last) && means(before, "Month", "Weekday")) return true;
  if (isNumber(before) && means(last, "Month")) return true;
  if (means(last, "Ordinal") && /^\d/.test(last.plain)) return true;
  const isRule = !last.capital && means(last, "Adverb");
  return isRule || meaningsInBoth(last, both).some(([kind]) => DAYS.includes(kind));
}

/** "every 2 hours", "3 times a day" */
function endsInRule(told: readonly Word[]): boolean {
  const isOne = ({ meanings }: Word) => meanings.some(([kind, number]) => kind === "Number" && number === 1);
  const isEach = (word: Word) =>
    (isOne(word) && means(word, "Blocks")) || means(word, "Every") || /^(per|pro)$/.test(word.plain);
  return means(told.at(-1), "Unit") && told.slice(-3, -1).some(isEach);
}

function means(word: Word | undefined, ...kinds: string[]): boolean {
  return word?.meanings.some(([kind]) => kinds.includes(kind)) ?? false;
}

/** Whether it may be the number of a day. */
function isNumber(word: Word | undefined): boolean {
  const isDay = ([kind, number]: Meaning) => kind === "Ordinal" || (kind === "Number" && Number(number) <= 31);
  return word?.meanings.some(isDay) ?? false;
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
