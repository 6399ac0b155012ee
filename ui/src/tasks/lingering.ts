// The tasks that were just completed or reopened: their rows stay for a moment where the filter no longer fits them.

import { signal } from "@preact/signals";

const LINGER_MS = 400;

export const lingering = signal<readonly number[]>([]);

export function linger(id: number): void {
  lingering.value = [...lingering.peek(), id];
  setTimeout(() => {
    lingering.value = lingering.peek().slice(1);
  }, LINGER_MS);
}
