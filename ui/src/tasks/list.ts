// The task list as it is shown: what the server said, with the changes that are still under way on top. Pure.
// A change that fails is simply taken off again; nothing has to be undone.

import type { Task } from "../wire";

export const MAX_TITLE = 200;

export type Status = "all" | "pending" | "completed";

export type Change =
  | { readonly kind: "add"; readonly title: string }
  | { readonly kind: "complete"; readonly id: number; readonly title: string; readonly completed: boolean }
  | { readonly kind: "rename"; readonly id: number; readonly title: string; readonly to: string }
  | { readonly kind: "delete"; readonly id: number; readonly title: string };

export interface Pending {
  readonly key: number;
  readonly change: Change;
}

/** One line of the list; `id` is null until the server has given the task its number. */
export interface Row {
  readonly key: string;
  readonly id: number | null;
  readonly title: string;
  readonly completed: boolean;
}

/** Newest first: what was just added is next to where it was typed. */
export function rows(tasks: readonly Task[], pending: readonly Pending[]): Row[] {
  const known: Row[] = tasks.map(({ id, title, completed }) => ({ key: `task-${id}`, id, title, completed }));
  return pending.reduce(apply, known).reverse();
}

function apply(list: Row[], { key, change }: Pending): Row[] {
  switch (change.kind) {
    case "add":
      return [...list, { key: `new-${key}`, id: null, title: change.title, completed: false }];
    case "complete":
      return list.map((row) => (row.id === change.id ? { ...row, completed: change.completed } : row));
    case "rename":
      return list.map((row) => (row.id === change.id ? { ...row, title: change.to } : row));
    case "delete":
      return list.filter((row) => row.id !== change.id);
  }
}

/** The server's list after one of its answers: the task put in its place by number. */
export function withTask(tasks: readonly Task[], task: Task): Task[] {
  return [...withoutTask(tasks, task.id), task].sort((a, b) => a.id - b.id);
}

export function withoutTask(tasks: readonly Task[], id: number): Task[] {
  return tasks.filter((task) => task.id !== id);
}

export function matching(list: readonly Row[], status: Status): Row[] {
  return status === "all" ? [...list] : list.filter((row) => row.completed === (status === "completed"));
}

export function statusIn(search: string): Status {
  const status = new URLSearchParams(search).get("status");
  return status === "pending" || status === "completed" ? status : "all";
}

export type TitleFault = "missing" | "long";

/** The rule of the API: 1 to 200 characters after trimming. */
export function titleFault(text: string): TitleFault | null {
  const length = [...text.trim()].length;
  if (length === 0) return "missing";
  return length > MAX_TITLE ? "long" : null;
}
