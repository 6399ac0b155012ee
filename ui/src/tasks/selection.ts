// The tasks that the user selected to change them together.

import { signal } from "@preact/signals";

export const selection = signal<ReadonlySet<number>>(new Set());

/** Where a range begins that is selected with Shift. */
let anchor: number | null = null;

export function clearSelection(): void {
  selection.value = new Set();
  anchor = null;
}

export function toggleSelected(id: number): void {
  const next = new Set(selection.peek());
  if (!next.delete(id)) next.add(id);
  selection.value = next;
  anchor = id;
}

/** Selects everything between the task that was selected last and this one, in the order of the page. */
export function selectTo(id: number, shown: readonly number[]): void {
  const from = anchor === null ? -1 : shown.indexOf(anchor);
  const to = shown.indexOf(id);
  if (from === -1 || to === -1) {
    toggleSelected(id);
    return;
  }
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  selection.value = new Set([...selection.peek(), ...range]);
}

export function selectAll(shown: readonly number[]): void {
  selection.value = new Set(shown);
}
