// The changes that the server has not confirmed, kept in this tab over a reload. They belong to one user.

import { readJsonItem, storeItem, tabStorage } from "../browser/storage";
import type { TaskChange } from "./list";

const KEY = "unsaved-changes";

/** Without changes nothing is stored. */
export function storeUnsavedChanges(owner: string, changes: readonly TaskChange[]): void {
  storeItem(KEY, changes.length === 0 ? null : JSON.stringify({ owner, changes }), tabStorage);
}

export function readUnsavedChanges(owner: string): readonly TaskChange[] {
  const stored = readJsonItem(KEY, tabStorage);
  const ours = typeof stored === "object" && stored !== null && "owner" in stored && stored.owner === owner;
  return ours && "changes" in stored && Array.isArray(stored.changes) ? (stored.changes as TaskChange[]) : [];
}

export function clearUnsavedChanges(): void {
  storeItem(KEY, null, tabStorage);
}
