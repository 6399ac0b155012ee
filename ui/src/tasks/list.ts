// The task list as it is shown: the server's list with the pending changes applied on top. Pure.
// A change that fails is simply no longer applied; nothing has to be undone.

import type { ApiError } from "../api/problem";
import type { RecordedWrite, TaskMembers, TaskPlace } from "../api/recordedWrite";
import type { BulkChanges, NewTaskDetails, Task, TaskText, TaskVersion } from "../api/schema";

export const MAX_TITLE = 200;
export const MAX_NOTES = 10_000;

/** One submission of the field; sent again with its idempotency key it is the same task. */
export interface NewTask {
  readonly kind: "add";
  readonly title: string;
  readonly idempotencyKey: string;
  readonly details?: NewTaskDetails;
}

interface KnownTask {
  readonly id: number;
  readonly title: string;
}

/** Takes back changes by their numbers; until the server has done so, `shown` says what it looks like. */
export interface UndoChange {
  readonly kind: "undo";
  readonly title: string;
  readonly changes: readonly number[];
  /** The kind of the act, for the words that tell what became of it. */
  readonly of: TaskChange["kind"];
  /** Whether it does again what was undone. */
  readonly again: boolean;
  readonly count: number;
  readonly shown: readonly TaskChange[];
}

export type TaskChange =
  | NewTask
  | (KnownTask & { readonly kind: "complete"; readonly completed: boolean; readonly idempotencyKey?: string })
  | (KnownTask & { readonly kind: "edit"; readonly from: TaskVersion; readonly to: TaskText })
  /** Sets members whatever version the task has; `together` says the same of all tasks of one act. */
  | (KnownTask & { readonly kind: "set"; readonly members: TaskMembers; readonly together?: BulkChanges })
  | (KnownTask & { readonly kind: "move"; readonly place: TaskPlace })
  | (KnownTask & { readonly kind: "delete" })
  | (KnownTask & { readonly kind: "restore"; readonly task: Task })
  | UndoChange;

/** A change that the server has not confirmed yet. */
export interface PendingChange {
  readonly key: number;
  readonly change: TaskChange;
  /** Why an addition was not saved; it stays until it is saved or discarded. */
  readonly failure?: ApiError;
}

/** One line of the list; `id` is null until the server has given the task its number. */
export interface ListRow extends TaskVersion, Pick<Task, "overdue" | "repeat_text" | "parent"> {
  readonly key: string;
  readonly id: number | null;
  readonly completed: boolean;
  /** Why the new task was not saved. */
  readonly failure?: string;
  /** A change of it waits to be sent. */
  readonly waiting?: boolean;
}

/** A task that the server knows. */
export interface NumberedRow extends ListRow {
  readonly id: number;
}

const unsaved = { id: null, description: null, completed: false, updated_at: "" };

/** The rows, the last position first: a new task appears next to the field in which it was typed. */
export function buildRows(tasks: readonly Task[], pending: readonly PendingChange[]): ListRow[] {
  return pending.reduce(applyChange, tasks.map(toRow)).reverse();
}

/** The row of each task; the same object as long as the task is the same, so that it is not drawn again. */
const knownRows = new WeakMap<Task, ListRow>();

function toRow(task: Task): ListRow {
  const known = knownRows.get(task);
  if (known) return known;
  const row = { ...task, key: `task-${task.id}` };
  knownRows.set(task, row);
  return row;
}

/** The key of the row of an addition. */
export function newRowKey({ key }: PendingChange): string {
  return `new-${key}`;
}

function applyChange(rows: ListRow[], entry: PendingChange): ListRow[] {
  const { change, failure } = entry;
  const waiting = failure === undefined ? {} : { waiting: true };
  const replace = (id: number, members: Partial<ListRow>) =>
    rows.map((row) => (row.id === id ? { ...row, ...members, ...waiting } : row));
  switch (change.kind) {
    case "add": {
      const row: ListRow = { ...unsaved, ...shownDetails(change.details), key: newRowKey(entry), title: change.title };
      return [...rows, failure === undefined ? row : { ...row, failure: failure.sentence }];
    }
    case "complete":
      return rows.map((row) =>
        isCompletedBy(row, change) ? { ...row, completed: change.completed, ...waiting } : row,
      );
    case "edit":
      return replace(change.id, change.to);
    case "set":
      return replace(change.id, change.members);
    case "move":
      return movedRows(rows, change.id, change.place);
    case "delete":
      return rows.filter((row) => row.id !== change.id && row.parent !== change.id);
    case "restore": {
      const others = rows.filter((row) => row.id !== change.id);
      const after = others.findIndex((row) => row.id === null || row.id > change.id);
      return others.toSpliced(after === -1 ? others.length : after, 0, toRow(change.task));
    }
    case "undo":
      return change.shown.reduce((some, shown) => applyChange(some, { key: entry.key, change: shown }), rows);
  }
}

/** A task takes its steps with it when it is completed, not when it is reopened. */
function isCompletedBy(row: ListRow, { id, completed }: Extract<TaskChange, { kind: "complete" }>): boolean {
  return row.id === id || (completed && row.parent === id);
}

function movedRows(rows: ListRow[], id: number, place: TaskPlace): ListRow[] {
  const row = rows.find((other) => other.id === id);
  const others = rows.filter((other) => other.id !== id);
  const at = others.findIndex((other) => other.id === ("after" in place ? place.after : place.before));
  return row && at !== -1 ? others.toSpliced("after" in place ? at + 1 : at, 0, row) : rows;
}

/** What the row of a new task shows of its details. */
function shownDetails(details: NewTaskDetails | undefined): Partial<ListRow> {
  if (details === undefined) return {};
  const { due, tags, list, priority, parent } = details;
  const step = parent ? { parent } : {};
  return { due: due ?? null, tags: tags ?? [], list: list ?? null, priority: priority ?? "none", ...step };
}

/** Where a task stands, compared by bytes; a task that was never moved stands by its number. */
function positionOf({ id, position }: Task): string {
  return position ?? `${String.fromCharCode(96 + String(id).length)}${id}i`;
}

function byPosition(one: Task, other: Task): number {
  const [a, b] = [positionOf(one), positionOf(other)];
  return a === b ? one.id - other.id : a < b ? -1 : 1;
}

export function inOrder(tasks: readonly Task[]): Task[] {
  return tasks.toSorted(byPosition);
}

/** The server's list with this task at its place, unless the list has a newer version of it. */
export function withTask(tasks: readonly Task[], task: Task): Task[] {
  const known = tasks.findIndex(({ id }) => id === task.id);
  const before = tasks[known];
  if (before && Date.parse(before.updated_at) > Date.parse(task.updated_at)) return [...tasks];
  if (before && positionOf(before) === positionOf(task)) return tasks.with(known, task);
  return inOrder([...withoutTask(tasks, task.id), task]);
}

export function withoutTask(tasks: readonly Task[], id: number): Task[] {
  return tasks.filter((task) => task.id !== id);
}

/** The server's list after a write that it has confirmed; steps go with their task. */
export function withWrite(tasks: readonly Task[], { tasks: now, deleted }: RecordedWrite): Task[] {
  const gone = new Set(deleted);
  const left = tasks.filter(({ id, parent }) => !gone.has(id) && !(parent && gone.has(parent)));
  return now.reduce(withTask, left);
}

/** What a task has besides its text when it has nothing. */
export const emptyDetails = {
  priority: "none",
  due: null,
  repeat: null,
  repeat_from: "due",
  remind: [],
  tags: [],
  list: null,
} as const satisfies Partial<TaskText>;

/** Whether both have the same editable members, whatever else differs. */
export function sameText(one: TaskText, other: TaskText): boolean {
  return JSON.stringify(textOf(one)) === JSON.stringify(textOf(other));
}

/** The editable members of a task; those that it lacks are empty. */
export function textOf({ title, description, ...details }: TaskText): TaskText {
  const { priority, due, repeat, repeat_from, remind, tags, list } = { ...emptyDetails, ...details };
  return { title, description, priority, due, repeat, repeat_from, remind, tags, list };
}

export type TaskFault = "missing" | "long" | "notes";

/** The rules of the API: a title has 1 to 200 characters after trimming, notes have up to 10,000. */
export function taskFault(title: string, notes = ""): TaskFault | null {
  const length = [...title.trim()].length;
  if (length === 0) return "missing";
  if (length > MAX_TITLE) return "long";
  return [...notes.trim()].length > MAX_NOTES ? "notes" : null;
}
