// The additions that the server has not confirmed, kept in this tab over a reload. They belong to one user.

import { readJsonItem, storeItem, tabStorage } from "../browser/storage";
import type { NewTask } from "./list";

const KEY = "unsaved-tasks";

/** Without additions nothing is stored. */
export function storeUnsavedTasks(owner: string, added: readonly NewTask[]): void {
  storeItem(KEY, added.length === 0 ? null : JSON.stringify({ owner, added }), tabStorage);
}

export function readUnsavedTasks(owner: string): readonly NewTask[] {
  const stored = readJsonItem(KEY, tabStorage);
  const ours = typeof stored === "object" && stored !== null && "owner" in stored && stored.owner === owner;
  return ours && "added" in stored && Array.isArray(stored.added) ? (stored.added as NewTask[]) : [];
}

export function clearUnsavedTasks(): void {
  storeItem(KEY, null, tabStorage);
}
