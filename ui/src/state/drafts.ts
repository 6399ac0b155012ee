// What is typed and not sent yet. Lives outside the pages, so that a session that ends takes none of it along.

import { signal } from "@preact/signals";
import type { Version } from "../tasks/list";

export interface Editing {
  readonly id: number;
  readonly title: string;
  readonly notes: string;
  /** What is being changed. */
  readonly before: Version;
  /** Somebody else has changed it since it was opened; `before` says what it is now. */
  readonly overtaken?: boolean;
}

class Drafts {
  readonly newTask = signal("");
  readonly message = signal("");
  readonly editing = signal<Editing | null>(null);
  #owner: string | null = null;

  edit(id: number, before: Version): void {
    this.editing.value = { id, title: before.title, notes: before.description ?? "", before };
  }

  /** Drafts are for the eyes of who typed them: another user starts with empty ones. */
  ownedBy(owner: string): void {
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

export const drafts = new Drafts();
