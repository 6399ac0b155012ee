// What the user has typed and not sent. It is kept apart from the pages, so that the end of a session loses none of it.

import { signal } from "@preact/signals";
import type { RepeatFrom, TaskPriority, TaskText, TaskVersion } from "../api/schema";
import { readJsonItem, storeItem, tabStorage } from "../browser/storage";

export interface TaskDraft {
  readonly id: number;
  readonly title: string;
  readonly notes: string;
  readonly priority?: TaskPriority;
  /** `2026-12-01`, `2026-12-01T17:00`, empty without a date. */
  readonly due?: string;
  /** A rule of RFC 5545, empty without one. */
  readonly repeat?: string;
  readonly repeatFrom?: RepeatFrom;
  readonly remind?: readonly number[];
  /** As they are typed: with commas between them. */
  readonly tags?: string;
  readonly list?: string;
  /** The task as it was when the edit began. */
  readonly before: TaskVersion;
  /** The task was changed elsewhere since the edit began; `before` is its new text. */
  readonly conflict?: boolean;
}

/** The key of the tab's storage. */
const KEY = "drafts";

interface KeptDrafts {
  readonly owner: string;
  readonly newTask: string;
  readonly message: string;
  readonly edits: readonly TaskDraft[];
  readonly steps?: readonly (readonly [number, string])[];
  readonly fields?: readonly (readonly [string, string])[];
}

/** What is typed for a task, beginning with this text of it. */
export function draftOf(
  id: number,
  { title, description, priority = "none", due, repeat, repeat_from = "due", remind = [], tags = [], list }: TaskText,
  before: TaskVersion,
): TaskDraft {
  const times = { due: due ?? "", repeat: repeat ?? "", repeatFrom: repeat_from, remind };
  const details = { priority, ...times, tags: tags.join(", "), list: list ?? "" };
  return { id, title, notes: description ?? "", ...details, before };
}

/** The text that a draft makes of its task. */
export function textOfDraft({ title, notes, priority = "none", tags = "", list = "", ...times }: TaskDraft): TaskText {
  const names = tags
    .split(/[,#]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  const details = { priority, ...timesOfDraft(times), tags: [...new Set(names)], list: list.trim() || null };
  return { title: title.trim(), description: notes.trim() || null, ...details };
}

/** Without a date nothing repeats and nobody is reminded. */
function timesOfDraft({ due, repeat, repeatFrom = "due", remind = [] }: Partial<TaskDraft>) {
  if (!due) return { due: null, repeat: null, repeat_from: "due", remind: [] } as const;
  return { due, repeat: repeat || null, repeat_from: repeat ? repeatFrom : "due", remind } as const;
}

class DraftStore {
  readonly newTask = signal("");
  /** The lines that were sent and wait for their reader; they are drafts until their tasks are in the list. */
  readonly unreadLines = new Set<string>();
  readonly message = signal("");
  /** What is typed as the next step of each task. */
  readonly steps = new Map<number, string>();
  /** What is typed in the fields of the settings, by their ids; no secrets. */
  readonly fields = new Map<string, string>();
  /** The tasks that are being edited, at most one draft each. */
  readonly edits = signal<readonly TaskDraft[]>([]);
  #owner: string | null = null;

  startEdit(id: number, before: TaskVersion): void {
    this.setEdit(draftOf(id, before, before));
  }

  editOf(id: number | null): TaskDraft | undefined {
    return this.edits.value.find((draft) => draft.id === id);
  }

  /** Replaces the draft of the same task. */
  setEdit(draft: TaskDraft): void {
    const known = this.edits.peek();
    this.edits.value = known.some(({ id }) => id === draft.id)
      ? known.map((other) => (other.id === draft.id ? draft : other))
      : [...known, draft];
  }

  endEdit(id: number): void {
    this.edits.value = this.edits.peek().filter((draft) => draft.id !== id);
  }

  /** Drafts are private: another user starts with empty ones. */
  setOwner(owner: string): void {
    if (this.#owner !== null && this.#owner !== owner) this.clear();
    if (this.#owner === null) this.#takeUp(owner);
    this.#owner = owner;
  }

  /** Keeps the drafts in this tab for the page that is loaded next. */
  keep(): void {
    if (this.#owner === null) return;
    const kept: KeptDrafts = {
      owner: this.#owner,
      newTask: [...this.unreadLines, this.newTask.peek()].join(" ").trim(),
      message: this.message.peek(),
      edits: this.edits.peek(),
      steps: [...this.steps],
      fields: [...this.fields],
    };
    storeItem(KEY, JSON.stringify(kept), tabStorage);
  }

  #takeUp(owner: string): void {
    const kept = readJsonItem(KEY, tabStorage) as KeptDrafts | null;
    storeItem(KEY, null, tabStorage);
    if (kept?.owner !== owner) return;
    this.newTask.value = kept.newTask;
    this.message.value = kept.message;
    this.edits.value = kept.edits;
    for (const [task, title] of kept.steps ?? []) this.steps.set(task, title);
    for (const [field, text] of kept.fields ?? []) this.fields.set(field, text);
  }

  clear(): void {
    this.newTask.value = "";
    this.unreadLines.clear();
    this.message.value = "";
    this.edits.value = [];
    this.steps.clear();
    this.fields.clear();
    this.#owner = null;
  }
}

export const drafts = new DraftStore();
