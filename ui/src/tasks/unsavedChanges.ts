// The changes that the server has not confirmed, kept in the browser until it has: over a reload, and when the tab is
// closed. Each page keeps its own. They belong to one user.

import { newIdempotencyKey } from "../api/request";
import { readJsonItem, storedKeys, storeItem } from "../browser/storage";
import type { TaskChange } from "./list";

const PREFIX = "unsaved-changes:";
/** Where this page keeps its changes. A lock of this name lasts as long as the page. */
const ownKey = PREFIX + newIdempotencyKey();
let isLocked = false;

/** Without changes nothing is stored. */
export function storeUnsavedChanges(owner: string, changes: readonly TaskChange[]): void {
  storeItem(ownKey, changes.length === 0 ? null : JSON.stringify({ owner, changes }));
  if (changes.length > 0 && !isLocked) void pageLocks()?.request(ownKey, () => new Promise(() => undefined));
  isLocked ||= changes.length > 0;
}

/** Gives `take` what each other page has left behind, as soon as that page is gone; what it does not want stays. */
export function takeUnsavedChanges(owner: string, take: (changes: readonly TaskChange[]) => boolean): void {
  for (const key of unsavedKeys(owner)) {
    const takeOver = () => {
      if (unsavedKeys(owner).includes(key) && take(readChanges(key))) storeItem(key, null);
    };
    // A browser that knows no locks does not say whether that page is gone. The server does nothing twice.
    if (key !== ownKey) void (pageLocks()?.request(key, takeOver) ?? takeOver());
  }
}

export function clearUnsavedChanges(owner: string): void {
  for (const key of unsavedKeys(owner)) storeItem(key, null);
}

/** Over plain HTTP there are none. */
function pageLocks(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}

/** Where changes of this user are kept. */
function unsavedKeys(owner: string): string[] {
  return storedKeys().filter((key) => {
    const stored = key.startsWith(PREFIX) ? readJsonItem(key) : null;
    return typeof stored === "object" && stored !== null && "owner" in stored && stored.owner === owner;
  });
}

function readChanges(key: string): readonly TaskChange[] {
  const { changes } = readJsonItem(key) as { readonly changes?: unknown };
  return Array.isArray(changes) ? (changes as TaskChange[]) : [];
}
