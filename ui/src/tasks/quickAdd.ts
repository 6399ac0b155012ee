// Reads dates, repeats and marks in the line for a new task. The reader is loaded when the line is first used.

import { signal } from "@preact/signals";
import type { NewTaskDetails, TaskFilter } from "../api/schema";
import type { TaskReading } from "../quick-add/readTask";
import { today } from "../state/clock";
import { dayStart, firstWeekday } from "../state/userTimes";
import { language } from "../strings/language";

export type QuickAdd = TaskReading;

type Reader = typeof import("../quick-add/readTask");
const reader = signal<Reader | null>(null);
/** The words whose chips were dismissed; they stay in the title. */
const kept = signal<readonly string[]>([]);

export function hasReader(): boolean {
  return reader.peek() !== null;
}

/** A line that was sent waits for the reader no longer than this: nothing that was typed hangs on a slow server. */
const PATIENCE_MS = 2000;

/** Loads the reader, as far as that is possible. Without it a line is a title. */
export async function loadReader(): Promise<void> {
  if (hasReader()) return;
  const loading = import("../quick-add/readTask").then(
    (loaded) => {
      reader.value = loaded;
    },
    () => undefined,
  );
  await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** What the line says; null until the reader is loaded. */
export function readQuickAdd(text: string): QuickAdd | null {
  const { value } = reader;
  if (value === null || text.trim() === "") return null;
  const spans = kept.value.flatMap((words) => {
    const start = text.indexOf(words);
    return start === -1 ? [] : [{ start, end: start + words.length }];
  });
  return value.readTask(text, value.contextOf(new Date(), language, firstWeekday.value, dayStart.value), spans);
}

export function keepAsText(words: string): void {
  kept.value = [...kept.peek(), words];
}

export function forgetKept(): void {
  kept.value = [];
}

/** What the new task gets besides its title: what the line says, else what the shown view stands for. */
export function detailsOf(reading: QuickAdd | null, { due: view, tag, list }: TaskFilter): NewTaskDetails {
  const { due, repeat, repeatFrom, priority, tags = [], remind } = reading ?? {};
  const day = due ?? (view === "today" ? today.value : undefined);
  const allTags = tag === undefined || tags.includes(tag) ? tags : [...tags, tag];
  const inList = reading?.list ?? (list || undefined);
  return {
    ...(day === undefined ? {} : { due: day }),
    ...(repeat === undefined ? {} : { repeat }),
    ...(repeatFrom === undefined ? {} : { repeat_from: repeatFrom }),
    ...(priority === "low" || priority === "medium" || priority === "high" ? { priority } : {}),
    ...(allTags.length === 0 ? {} : { tags: [...allTags] }),
    ...(inList === undefined ? {} : { list: inList }),
    ...(remind && day !== undefined ? { remind: [0] } : {}),
  };
}
