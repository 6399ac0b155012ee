// The task list as it is shown: the server's list with the pending changes applied on top. Pure.
// A change that fails is simply no longer applied; nothing has to be undone.

import type { ApiError } from "../api/problem";
import type { NewTaskDetails, Task, TaskFilter, TaskText, TaskVersion } from "../api/schema";
import { foldedText, searchFinds } from "../search/foldedText";
import { localDay } from "./dueDate";

export const MAX_TITLE = 200;
export const MAX_NOTES = 10_000;

/** One submission of the field; sent again with its idempotency key it is the same task. */
export interface NewTask {
  readonly kind: "add";
  readonly title: string;
  readonly idempotencyKey: string;
  readonly details?: NewTaskDetails;
}

export type TaskChange =
  | NewTask
  | { readonly kind: "complete"; readonly id: number; readonly title: string; readonly completed: boolean }
  | {
      readonly kind: "edit";
      readonly id: number;
      readonly title: string;
      readonly from: TaskVersion;
      readonly to: TaskText;
    }
  | { readonly kind: "delete"; readonly id: number; readonly title: string }
  | { readonly kind: "restore"; readonly id: number; readonly title: string; readonly task: Task };

/** A change that the server has not confirmed yet. */
export interface PendingChange {
  readonly key: number;
  readonly change: TaskChange;
  /** Why an addition was not saved; it stays until it is saved or discarded. */
  readonly failure?: ApiError;
}

/** One line of the list; `id` is null until the server has given the task its number. */
export interface ListRow extends TaskVersion, Pick<Task, "overdue" | "repeat_text"> {
  readonly key: string;
  readonly id: number | null;
  readonly completed: boolean;
  /** Why the new task was not saved. */
  readonly failure?: string;
  /** A change of it waits to be sent. */
  readonly waiting?: boolean;
}

const unsaved = { id: null, description: null, completed: false, updated_at: "" };

/** The rows, newest first: a new task appears next to the field in which it was typed. */
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
  switch (change.kind) {
    case "add": {
      const row: ListRow = { ...unsaved, ...shownDetails(change.details), key: newRowKey(entry), title: change.title };
      return [...rows, failure === undefined ? row : { ...row, failure: failure.sentence }];
    }
    case "complete":
      return rows.map((row) => (row.id === change.id ? { ...row, completed: change.completed, ...waiting } : row));
    case "edit":
      return rows.map((row) => (row.id === change.id ? { ...row, ...change.to, ...waiting } : row));
    case "delete":
      return rows.filter((row) => row.id !== change.id);
    case "restore": {
      const others = rows.filter((row) => row.id !== change.id);
      const after = others.findIndex((row) => row.id === null || row.id > change.id);
      return others.toSpliced(after === -1 ? others.length : after, 0, toRow(change.task));
    }
  }
}

/** What the row of a new task shows of its details. */
function shownDetails(details: NewTaskDetails | undefined): Partial<ListRow> {
  if (details === undefined) return {};
  const { due, tags, list, priority } = details;
  return { due: due ?? null, tags: tags ?? [], list: list ?? null, priority: priority ?? "none" };
}

/** The server's list with this task at its place by number, unless the list has a newer version of it. */
export function withTask(tasks: readonly Task[], task: Task): Task[] {
  const known = tasks.find(({ id }) => id === task.id);
  if (known && Date.parse(known.updated_at) > Date.parse(task.updated_at)) return [...tasks];
  return [...withoutTask(tasks, task.id), task].sort((a, b) => a.id - b.id);
}

export function withoutTask(tasks: readonly Task[], id: number): Task[] {
  return tasks.filter((task) => task.id !== id);
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

/**
 * The rows that match: by status, and by every word of the search in the title or the notes, or as the number. The tasks with
 * the ids `anyStatus` match whatever their status.
 */
export function filterRows(
  rows: readonly ListRow[],
  { status, words, due, tag, list }: TaskFilter,
  anyStatus: readonly number[] = [],
): ListRow[] {
  const finds = searchFinds(words);
  return rows.filter(
    (row) =>
      (status === "all" ||
        row.completed === (status === "completed") ||
        (row.id !== null && anyStatus.includes(row.id))) &&
      (due === undefined || isDue(row, due)) &&
      (tag === undefined || row.tags?.includes(tag)) &&
      (list === undefined || row.list === list) &&
      (words === "" || finds(row.id, searchText(row))),
  );
}

/** Whether the task is due today or before, or only later. */
function isDue({ due }: ListRow, when: "today" | "upcoming"): boolean {
  if (!due) return false;
  return due.slice(0, 10) <= localDay(new Date()) === (when === "today");
}

/** The text that a search compares, made once for each row. */
const searchTexts = new WeakMap<ListRow, string>();

function searchText(row: ListRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = foldedText(`${row.title} ${row.description ?? ""}`);
  searchTexts.set(row, text);
  return text;
}

/** The filter in the query of the page's address. */
export function parseFilter(search: string): TaskFilter {
  const query = new URLSearchParams(search);
  const status = query.get("status");
  const [due, tag, list] = ["due", "tag", "list"].map((name) => query.get(name) ?? undefined);
  return {
    status: status === "pending" || status === "completed" ? status : "all",
    words: query.get("q") ?? "",
    ...(due === "today" || due === "upcoming" ? { due } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(list === undefined ? {} : { list }),
  };
}

/** The reverse of `parseFilter`. */
export function formatFilter({ status, words, due, tag, list }: TaskFilter): string {
  const query = new URLSearchParams(
    Object.entries({ due, tag, list }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  if (status !== "all") query.set("status", status);
  if (words.trim() !== "") query.set("q", words);
  return query.size === 0 ? "" : `?${query}`;
}

export type TaskFault = "missing" | "long" | "notes";

/** The rules of the API: a title has 1 to 200 characters after trimming, notes have up to 10,000. */
export function taskFault(title: string, notes = ""): TaskFault | null {
  const length = [...title.trim()].length;
  if (length === 0) return "missing";
  if (length > MAX_TITLE) return "long";
  return [...notes.trim()].length > MAX_NOTES ? "notes" : null;
}
