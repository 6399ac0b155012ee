// Marked words, which may stand anywhere: `#tag`, `!high`, `p1`, `+List`.

import type { UnderstoodPart } from "./grammar/parts";
import { quotationEnd, type Word } from "./words";

const MAX_TAGS = 20;
const NAME = /^(?=.*\p{Alphabetic})[\p{Alphabetic}\p{N}\-_/.&]{1,40}$/u;
const LEVELS: Record<string, string> = {
  ...Object.fromEntries(["p1", "!!!", "!1", "!high", "!hoch", "!urgent", "!dringend"].map((mark) => [mark, "high"])),
  ...Object.fromEntries(["p2", "!!", "!2", "!medium", "!mittel"].map((mark) => [mark, "medium"])),
  ...Object.fromEntries(["p3", "!3", "!low", "!niedrig"].map((mark) => [mark, "low"])),
  ...Object.fromEntries(["p4", "!4", "!none", "!keine"].map((mark) => [mark, "none"])),
};

/** What the marks of a line say. */
export interface Markers {
  readonly tags: string[];
  priority?: string;
  list?: string;
  readonly parts: UnderstoodPart[];
}

/** Reads the marked words. The first priority and the first list count; further ones stay in the title. */
export function readMarkers(text: string, words: readonly Word[]): Markers {
  const markers: Markers = { tags: [], parts: [] };
  for (const word of words) {
    const end = text[word.start] === "+" ? quotationEnd(text, word.start + 1) : undefined;
    const name = text.slice(word.start + 2, (end ?? 0) - 1).trim();
    const points = /^\.*/.exec(text.slice(end))?.[0].length ?? 0;
    if (end !== undefined && name !== "") setList(markers, name, word.start, end + points);
    else if (!word.quoted) readWord(markers, text.slice(word.start, word.end), word);
  }
  return markers;
}

function readWord(markers: Markers, raw: string, word: Word): void {
  const bare = raw.replace(/[?)]+$/, "");
  const [mark, name] = [bare.slice(0, 1), bare.slice(1).replace(/\.+$/, "")];
  const end = word.start + bare.length;
  const priority = LEVELS[word.plain];
  if (mark === "#" && NAME.test(name)) {
    if (markers.tags.length >= MAX_TAGS) return;
    if (!markers.tags.includes(name)) markers.tags.push(name);
    markers.parts.push({ kind: "tag", start: word.start, end });
  } else if (mark === "+" && /^\p{Alphabetic}/u.test(name) && NAME.test(name)) {
    setList(markers, name, word.start, end);
  } else if (priority !== undefined && markers.priority === undefined) {
    markers.priority = priority;
    markers.parts.push({ kind: "priority", start: word.start, end: word.end });
  }
}

function setList(markers: Markers, name: string, start: number, end: number): void {
  if (markers.list !== undefined) return;
  markers.list = name;
  markers.parts.push({ kind: "list", start, end });
}
