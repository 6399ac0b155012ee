// What the user has typed and not sent. It is kept apart from the pages, so that the end of a session loses none of it.

import { signal } from "@preact/signals";
import type { TaskVersion } from "../api/schema";
import { readJsonItem, storeItem, tabStorage } from "../browser/storage";

export interface TaskDraft {
  readonly id: number;
  readonly title: string;
  readonly notes: string;
  /** The task as it was when the edit began. */
  readonly before: TaskVersion;
  /** The task was changed elsewhere since the edit began; `before` is its new text. */
  readonly conflict?: boolean;
}

/** The key of the tab's storage. */
const KEY = "drafts";

interface KeptDrafts {
  readonly owner: string | null;
  readonly newTask: string;
  readonly message: string;
  readonly editing: TaskDraft | null;
}

class DraftStore {
  readonly newTask = signal("");
  readonly message = signal("");
  readonly editing = signal<TaskDraft | null>(null);
  #owner: string | null = null;

  startEdit(id: number, before: TaskVersion): void {
    this.editing.value = { id, title: before.title, notes: before.description ?? "", before };
  }

  /** Drafts are private: another user starts with empty ones. */
  setOwner(owner: string): void {
    if (this.#owner !== null && this.#owner !== owner) this.clear();
    if (this.#owner === null) this.#takeUp(owner);
    this.#owner = owner;
  }

  /** Keeps the drafts in this tab for the page that is loaded next. */
  keepOverReload(): void {
    const kept: KeptDrafts = {
      owner: this.#owner,
      newTask: this.newTask.peek(),
      message: this.message.peek(),
      editing: this.editing.peek(),
    };
    storeItem(KEY, JSON.stringify(kept), tabStorage);
  }

  #takeUp(owner: string): void {
    const kept = readJsonItem(KEY, tabStorage) as KeptDrafts | null;
    storeItem(KEY, null, tabStorage);
    if (kept?.owner !== owner) return;
    this.newTask.value = kept.newTask;
    this.message.value = kept.message;
    this.editing.value = kept.editing;
  }

  clear(): void {
    this.newTask.value = "";
    this.message.value = "";
    this.editing.value = null;
    this.#owner = null;
  }
}

export const drafts = new DraftStore();
