// What the user is told about changes of tasks.

import type { ApiError } from "../api/problem";
import type { Task } from "../api/schema";
import { currentAddress } from "../router";
import { announce, dismiss, type Notice, notice, notify } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import { describeDue } from "./dueDate";
import { filterRows, parseFilter } from "./filter";
import type { TaskChange, UndoChange } from "./list";

/**
 * Tells what happened, with a button that runs `undo`; without one there is nothing to undo. `after`: the tasks now, `kept`:
 * the titles of those to which it could not be done.
 */
export function reportSuccess(
  changes: readonly TaskChange[],
  after: readonly Task[],
  kept: readonly string[],
  undo: (() => unknown) | null,
): void {
  const [first] = changes;
  if (first === undefined) return;
  const { title, kind } = first;
  if (changes.length > 1) reportMany(first, changes.length - kept.length, kept, undo);
  else if (kind === "add") announce(taskStrings.added(title));
  else if (kind === "edit") reportEdit(title, after, undo);
  else if (kind === "set") offerUndo(taskStrings.changed(title), undo);
  else if (kind === "delete") offerUndo(taskStrings.deleted(title), undo);
  else if (kind === "complete") offerUndo(describeCompletion(first, after[0]), undo);
  else if (kind === "move") announce(taskStrings.moved(title));
  else if (kind === "restore") announce(taskStrings.restored(title));
}

/** A row that the shown view no longer has would be gone without a word, unless something is said of it already. */
function reportEdit(title: string, after: readonly Task[], undo: (() => unknown) | null): void {
  const filter = parseFilter(currentAddress.peek().search);
  const shown = filterRows(
    after.map((task) => ({ ...task, key: "" })),
    filter,
  );
  if (after.length > shown.length && notice.peek() === null) offerUndo(taskStrings.changed(title), undo);
  else announce(taskStrings.changed(title));
}

/** A repeating task is open again: when it is due next. */
function describeCompletion({ title, completed }: Extract<TaskChange, { kind: "complete" }>, after?: Task): string {
  const next = completed && after?.completed === false && after.due;
  return next ? taskStrings.doneUntil(title, describeDue(next, new Date())) : taskStrings.completed(title, completed);
}

/** An act that will offer its undo begins: the undo on the screen is of the act before and must not be taken for this one's. */
export function dismissOlderUndo(changes: readonly TaskChange[]): void {
  const [first] = changes;
  const offersUndo =
    changes.length > 1 || first?.kind === "complete" || first?.kind === "delete" || first?.kind === "set";
  if (offersUndo && notice.peek()?.kind === "done") dismiss();
}

function reportMany(first: TaskChange, count: number, kept: readonly string[], undo: (() => unknown) | null): void {
  const text = describeMany(first, count);
  if (text) offerUndo(kept.length === 0 ? text : `${text}. ${taskStrings.many.kept(kept.join(", "))}`, undo);
}

function describeMany(first: TaskChange, count: number): string | null {
  const { many } = taskStrings;
  switch (first.kind) {
    case "add":
      return many.added(count);
    case "delete":
      return many.deleted(count);
    case "complete":
      return many.completed(count, first.completed);
    case "set":
      return many.changed(count);
    case "move":
      return many.moved(count);
    default:
      return null;
  }
}

/** Tells what an undo took back, and the titles of what was changed since and so stays. */
export function reportUndone({ of, again, title, count }: UndoChange, kept: readonly string[]): void {
  const { many } = taskStrings;
  if (kept.length > 0) notify({ kind: "done", text: many.undoneInPart(kept.join(", ")) });
  else if (again) announce(taskStrings.redone(title));
  else if (count > 1) notify({ kind: "done", text: many.undone(count) });
  else announce(of === "delete" ? taskStrings.restored(title) : taskStrings.undone(title));
}

function offerUndo(text: string, undo: (() => unknown) | null): void {
  notify({ kind: "done", text, ...(undo === null ? {} : { action: { label: appStrings.undo, run: undo } }) });
}

/** Why changes were not made. `retry` is null where another attempt makes no sense. */
export function reportFailure(changes: readonly TaskChange[], error: ApiError, retry: (() => unknown) | null): void {
  const [first] = changes;
  if (first === undefined) return;
  const what =
    changes.length === 1 ? taskStrings.failed[first.kind](first.title) : taskStrings.many.failed(changes.length);
  notifyFailure(`${what} ${error.sentence}`, error.retryable ? retry : null);
}

export function notifyFailure(text: string, retry: (() => unknown) | null): Notice {
  const action = retry === null ? {} : { action: { label: appStrings.retry, run: retry } };
  const failure: Notice = { kind: "failure", text, ...action };
  notify(failure);
  return failure;
}
