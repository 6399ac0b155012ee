// Single keys that act like the buttons of the tasks page. They can be turned off (WCAG 2.1.4) and never act while the
// user types. With the command key, K opens the palette from everywhere.

import { shortcutsEnabled } from "../browser/preferences";
import { openPalette } from "../palette/openPalette";
import { HOME, navigate } from "../router";
import { openAssistant } from "../state/assistant";
import { NEW_TASK_ID } from "../tasks/AddTask";
import { completeSelected, deleteSelected, deleteTask, editTask, toggleTask } from "../tasks/commands";
import { moveBy } from "../tasks/moves";
import { SEARCH_ID } from "../tasks/SearchField";
import { clearSelection, selectAll, selection, selectTo, toggleSelected } from "../tasks/selection";
import { startAddingStep } from "../tasks/steps";
import { redoLast, undoLast } from "../tasks/store";
import { idsInView } from "../tasks/view";
import { focusById } from "./focusOnTasks";
import { openHelp } from "./openHelp";

/** What each key does; returns false when there was nothing to do. */
const keys: Readonly<Record<string, (event: KeyboardEvent) => boolean>> = {
  n: () => focusById(NEW_TASK_ID),
  "/": () => focusById(SEARCH_ID),
  j: (event) => moveFocus(1, event.shiftKey),
  k: (event) => moveFocus(-1, event.shiftKey),
  x: () => forSelected(completeSelected) || forTask(toggleTask),
  e: () => forTask(editTask),
  s: () => forTask(toggleSelected),
  t: () => forTask(startAddingStep),
  Delete: () => forSelected(deleteSelected) || forTask(deleteTask),
  Backspace: () => forSelected(deleteSelected) || forTask(deleteTask),
  Escape: () => forSelected(clearSelection),
  u: undoLastChange,
  1: () => show(HOME),
  2: () => show(`${HOME}?status=pending`),
  3: () => show(`${HOME}?status=completed`),
  a: () => {
    openAssistant();
    return true;
  },
  "?": () => {
    openHelp();
    return true;
  },
};

export function watchShortcuts(): () => void {
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (document.querySelector("dialog:modal")) return;
  const command = event.ctrlKey || event.metaKey;
  const key = nameOf(event);
  if (command && !event.altKey && !event.shiftKey && key === "k") {
    event.preventDefault();
    openPalette(focusedTask());
    return;
  }
  if (isTyping(event.target)) return;
  if (command && !event.altKey && key === "z") {
    (event.shiftKey ? redoLast : undoLast)();
    event.preventDefault();
    return;
  }
  if (command && key === "a" && focusedTask() !== null) {
    event.preventDefault();
    selectAll(idsInView());
    return;
  }
  if (event.altKey && !command && moveFocused(event.key)) {
    event.preventDefault();
    return;
  }
  if (command || event.altKey || !shortcutsEnabled.peek()) return;
  if (keys[key]?.(event)) event.preventDefault();
}

/** The key as `keys` names it: caps lock makes capital letters, and on a Greek or Cyrillic layout the place of the key counts. */
function nameOf({ key, code }: KeyboardEvent): string {
  if (/^[^\x20-\x7e]$/.test(key) && code.startsWith("Key")) return code.slice(3).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target.matches("textarea, select, [contenteditable], dialog *");
}

function undoLastChange(): boolean {
  undoLast();
  return true;
}

/** Alt and an arrow move the task that has the focus. */
function moveFocused(key: string): boolean {
  const by = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : null;
  return by !== null && forTask((id) => moveBy(id, by));
}

function show(address: string): boolean {
  navigate(address);
  return true;
}

/** The rows of the page with their tasks, in the order of the page. */
function shownTasks(): { readonly row: HTMLElement; readonly id: number }[] {
  return [...document.querySelectorAll<HTMLElement>("[data-task]")].map((row) => ({
    row,
    id: Number(row.dataset.task),
  }));
}

function focusedTask(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-task]");
  return row ? Number(row.dataset.task) : null;
}

function forTask(act: (id: number) => void): boolean {
  const id = focusedTask();
  if (id !== null) act(id);
  return id !== null;
}

function forSelected(act: () => void): boolean {
  const some = selection.peek().size > 0;
  if (some) act();
  return some;
}

/** Moves the focus to the next or previous task, from elsewhere to the first one; `extend`: selects both. */
function moveFocus(by: 1 | -1, extend: boolean): boolean {
  const shown = shownTasks();
  const focused = focusedTask();
  const at = shown.findIndex(({ id }) => id === focused);
  const next = shown[at === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
  next?.row.querySelector<HTMLElement>("input")?.focus();
  if (extend && next && focused !== null) {
    if (selection.peek().size === 0) toggleSelected(focused);
    selectTo(
      next.id,
      shown.map(({ id }) => id),
    );
  }
  return next !== undefined;
}
