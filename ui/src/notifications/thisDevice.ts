// Which device of whom this browser is, if it gets notifications.

import { readJsonItem, storeItem } from "../browser/storage";

const KEY = "push";

export interface ThisDevice {
  readonly user: string;
  readonly id: string;
}

export function readThisDevice(): ThisDevice | null {
  const stored = readJsonItem(KEY);
  const complete = typeof stored === "object" && stored !== null && "user" in stored && "id" in stored;
  return complete ? (stored as ThisDevice) : null;
}

export function storeThisDevice(device: ThisDevice | null): void {
  storeItem(KEY, device === null ? null : JSON.stringify(device));
}
