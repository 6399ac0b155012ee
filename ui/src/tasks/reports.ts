// What the user is told about changes of tasks.

import type { ApiError } from "../api/problem";
import { announce, type Notice, notify } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import type { TaskChange } from "./list";

/** Tells what happened, with a button that runs `undo`; without one there is nothing to undo. */
export function reportSuccess(changes: readonly TaskChange[], undo: (() => unknown) | null, undoing: boolean): void {
  const [first] = changes;
  if (first === undefined) return;
  const { kind, title } = first;
  if (changes.length > 1) reportMany(first, changes.length, undo, undoing);
  else if (kind === "restore") announce(taskStrings.restored(title));
  else if (undoing) announce(taskStrings.undone(title));
  else if (kind === "add") announce(taskStrings.added(title));
  else if (kind === "edit") announce(taskStrings.changed(title));
  else if (kind === "delete") offerUndo(taskStrings.deleted(title), undo);
  else if (kind === "complete") offerUndo(taskStrings.completed(title, first.completed), undo);
}

function reportMany(first: TaskChange, count: number, undo: (() => unknown) | null, undoing: boolean): void {
  const { many } = taskStrings;
  if (undoing) announce(many.undone(count));
  else if (first.kind === "add") offerUndo(many.added(count), undo);
  else if (first.kind === "delete") offerUndo(many.deleted(count), undo);
  else if (first.kind === "complete") offerUndo(many.completed(count, first.completed), undo);
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

export function notifyFailure(text: string, retry: (() => unknown) | null): void {
  const failure: Notice = { kind: "failure", text };
  notify(retry === null ? failure : { ...failure, action: { label: appStrings.retry, run: retry } });
}
