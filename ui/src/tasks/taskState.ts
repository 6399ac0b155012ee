// The tasks of the signed-in user as the server has them, and the changes that it has not confirmed yet.

import { computed, signal } from "@preact/signals";
import type { ApiError } from "../api/problem";
import type { Task } from "../api/schema";
import { session } from "../auth/currentSession";
import { storeLastList } from "./lastList";
import { buildRows, inOrder, type PendingChange, type TaskChange } from "./list";
import { storeUnsavedChanges } from "./unsavedChanges";

/** `partial`: the newest tasks are loaded, the others follow. */
type LoadState = "loading" | "partial" | "ready" | "failed";

export const tasks = signal<readonly Task[]>([]);
export const pending = signal<readonly PendingChange[]>([]);
export const loadState = signal<LoadState>("loading");
/** Why the list could not be loaded. */
export const loadFailure = signal<ApiError | null>(null);
export const taskRows = computed(() => buildRows(tasks.value, pending.value));

/** Whose tasks these are, and how many changes the server has confirmed. */
interface ListOwner {
  user: string | null;
  /** A list requested before the last confirmed change is out of date. */
  revision: number;
}

export const list: ListOwner = { user: null, revision: 0 };

let lastKey = 0;

export function newEntry(change: TaskChange): PendingChange {
  lastKey += 1;
  return { key: lastKey, change };
}

/** Takes over the server's list. */
export function setTasks(all: readonly Task[]): void {
  const next = inOrder(all);
  if (sameTasks(tasks.peek(), next)) return;
  tasks.value = next;
  const current = session.peek();
  if (current.kind === "user" && current.user.id === list.user) storeLastList(current.user, next, Date.now());
}

/** What is not confirmed is kept in the browser, so that leaving the page loses none of it. */
export function setPending(changes: readonly PendingChange[]): void {
  pending.value = changes;
  if (list.user !== null)
    storeUnsavedChanges(
      list.user,
      changes.map(({ change }) => change),
    );
}

function sameTasks(one: readonly Task[], other: readonly Task[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((task, index) => task === other[index] || JSON.stringify(task) === JSON.stringify(other[index]));
}
