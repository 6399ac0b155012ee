// The browser's storage. A browser may refuse it or have no room: then nothing is stored, and reading finds nothing.

/** A function, because a browser may refuse even to name its storage. */
type StorageArea = () => Storage;

const browserStorage: StorageArea = () => localStorage;
/** Belongs to one tab: survives a reload, and ends with the tab. */
export const tabStorage: StorageArea = () => sessionStorage;

export function readItem(key: string, area = browserStorage): string | null {
  try {
    return area().getItem(key);
  } catch {
    return null;
  }
}

/** The stored JSON value; null without one that can be parsed. */
export function readJsonItem(key: string, area = browserStorage): unknown {
  try {
    return JSON.parse(readItem(key, area) ?? "null");
  } catch {
    return null;
  }
}

/** Stores the text; null removes the stored one. */
export function storeItem(key: string, value: string | null, area = browserStorage): void {
  try {
    if (value === null) area().removeItem(key);
    else area().setItem(key, value);
  } catch {
    // Nothing is stored.
  }
}

/** The keys of what is stored. */
export function storedKeys(area = browserStorage): string[] {
  try {
    return Object.keys(area());
  } catch {
    return [];
  }
}
