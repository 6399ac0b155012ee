// A copy of the list as it was loaded last, to read without a connection. It belongs to one user and ends with the
// session.

import type { Task } from "../api/schema";
import type { User } from "../auth/session";
import { readJsonItem, storeItem } from "../browser/storage";

const KEY = "last-list";
/** More than anyone reads, and small enough for local storage. */
const MAX_TASKS = 1000;

export interface LastList {
  readonly owner: User;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tasks: readonly Task[];
}

export function storeLastList(owner: User, tasks: readonly Task[], at: number): void {
  const list: LastList = { owner, at, tasks: tasks.slice(-MAX_TASKS) };
  storeItem(KEY, JSON.stringify(list));
}

export function clearLastList(): void {
  storeItem(KEY, null);
}

export function readLastList(): LastList | null {
  const stored = readJsonItem(KEY);
  const complete =
    typeof stored === "object" && stored !== null && "owner" in stored && "at" in stored && "tasks" in stored;
  return complete && Array.isArray(stored.tasks) && typeof stored.owner === "object" ? (stored as LastList) : null;
}
