// Single keys that act like the buttons of the tasks page. They can be turned off (WCAG 2.1.4) and never act while the
// user types.

import { shortcutsEnabled } from "../browser/preferences";
import { openAssistant } from "../state/assistant";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { NEW_TASK_ID } from "../tasks/AddTask";
import { SEARCH_ID } from "../tasks/Filters";
import { undoLast } from "../tasks/store";

/** What each key does; returns false when there was nothing to do. */
const keys: Readonly<Record<string, () => boolean>> = {
  n: () => focus(`#${NEW_TASK_ID}`),
  "/": () => focus(`#${SEARCH_ID}`),
  j: () => moveFocus(1),
  k: () => moveFocus(-1),
  x: () => clickInRow(".check input"),
  e: () => clickInRow("[data-edit]"),
  Delete: () => clickInRow("[data-delete]"),
  Backspace: () => clickInRow("[data-delete]"),
  u: undoLastChange,
  1: () => showFilter("all"),
  2: () => showFilter("pending"),
  3: () => showFilter("completed"),
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

export function openHelp(): void {
  import("./Help").then(
    ({ showHelp }) => showHelp(),
    () => notify({ kind: "failure", text: appStrings.lazyFailed.heading }),
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z") {
    if (undoLastChange()) event.preventDefault();
    return;
  }
  if (command || event.altKey || !shortcutsEnabled.peek()) return;
  // Caps lock makes capital letters.
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (keys[name]?.()) event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio";
  return target.matches("textarea, select, [contenteditable], [role=dialog] *");
}

function undoLastChange(): boolean {
  undoLast();
  return true;
}

function focus(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

/** Moves the focus to the next or previous task, from elsewhere to the first one. */
function moveFocus(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
  const box = next?.querySelector<HTMLElement>(".check input, input");
  box?.focus();
  return box != null;
}

/** Clicks this button of the focused task. */
function clickInRow(selector: string): boolean {
  const row = document.activeElement?.closest("[data-row]");
  const button = row?.querySelector<HTMLElement>(selector);
  button?.click();
  return button != null;
}

function showFilter(status: string): boolean {
  const link = document.querySelector<HTMLElement>(`[data-filter=${status}]`);
  link?.click();
  return link !== null;
}
