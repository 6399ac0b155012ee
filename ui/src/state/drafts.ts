// What the user has typed and not sent. It is kept apart from the pages, so that the end of a session loses none of it.

import { signal } from "@preact/signals";
import type { TaskVersion } from "../api/schema";

export interface TaskDraft {
  readonly id: number;
  readonly title: string;
  readonly notes: string;
  /** The task as it was when the edit began. */
  readonly before: TaskVersion;
  /** The task was changed elsewhere since the edit began; `before` is its new text. */
  readonly conflict?: boolean;
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
    this.#owner = owner;
  }

  clear(): void {
    this.newTask.value = "";
    this.message.value = "";
    this.editing.value = null;
    this.#owner = null;
  }
}

export const drafts = new DraftStore();
