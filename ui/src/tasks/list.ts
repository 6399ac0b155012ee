// The task list as it is shown: what the server said, with the changes that are still under way on top. Pure.
// A change that fails is simply taken off again; nothing has to be undone.

import type { Task } from "../api/schema";

export const MAX_TITLE = 200;
export const MAX_NOTES = 1000;

export type Status = "all" | "pending" | "completed";

/** What can be edited of a task; no notes are null. */
export interface Words {
  readonly title: string;
  readonly description: string | null;
}

/** The words of a task, and the version of it that had them. */
export interface Version extends Words {
  readonly updated_at: string;
}

export type Change =
  | { readonly kind: "add"; readonly title: string }
  | { readonly kind: "complete"; readonly id: number; readonly title: string; readonly completed: boolean }
  | { readonly kind: "edit"; readonly id: number; readonly title: string; readonly from: Version; readonly to: Words }
  | { readonly kind: "delete"; readonly id: number; readonly title: string }
  | { readonly kind: "restore"; readonly id: number; readonly title: string; readonly task: Task };

export interface Pending {
  readonly key: number;
  readonly change: Change;
}

/** One line of the list; `id` is null until the server has given the task its number. */
export interface Row extends Version {
  readonly key: string;
  readonly id: number | null;
  readonly completed: boolean;
}

const unsaved = { id: null, description: null, completed: false, updated_at: "" };

/** Newest first: what was just added is next to where it was typed. */
export function rows(tasks: readonly Task[], pending: readonly Pending[]): Row[] {
  return pending.reduce(apply, tasks.map(row)).reverse();
}

function row(task: Task): Row {
  return { ...task, key: `task-${task.id}` };
}

function apply(list: Row[], { key, change }: Pending): Row[] {
  switch (change.kind) {
    case "add":
      return [...list, { ...unsaved, key: `new-${key}`, title: change.title }];
    case "complete":
      return list.map((row) => (row.id === change.id ? { ...row, completed: change.completed } : row));
    case "edit":
      return list.map((row) => (row.id === change.id ? { ...row, ...change.to } : row));
    case "delete":
      return list.filter((row) => row.id !== change.id);
    case "restore": {
      const others = list.filter((row) => row.id !== change.id);
      const after = others.findIndex((row) => row.id === null || row.id > change.id);
      return others.toSpliced(after === -1 ? others.length : after, 0, row(change.task));
    }
  }
}

/** The server's list after one of its answers: the task put in its place by number. */
export function withTask(tasks: readonly Task[], task: Task): Task[] {
  return [...withoutTask(tasks, task.id), task].sort((a, b) => a.id - b.id);
}

/** Whether a task says the same, whatever else about it has changed. */
export function sameWords(one: Words, other: Words): boolean {
  return one.title === other.title && one.description === other.description;
}

export function withoutTask(tasks: readonly Task[], id: number): Task[] {
  return tasks.filter((task) => task.id !== id);
}

/** The part of the list that is asked for: by status, and by words or the number of a task. */
export interface Wanted {
  readonly status: Status;
  readonly words: string;
}

export function matching(list: readonly Row[], { status, words }: Wanted): Row[] {
  const needles = fold(words)
    .split(/\s+/)
    .filter((word) => word !== "");
  return list.filter(
    (row) =>
      (status === "all" || row.completed === (status === "completed")) &&
      needles.every((needle) => fold(`#${row.id ?? ""} ${row.title} ${row.description ?? ""}`).includes(needle)),
  );
}

/** Letters are alike whatever their case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function wantedIn(search: string): Wanted {
  const query = new URLSearchParams(search);
  const status = query.get("status");
  return { status: status === "pending" || status === "completed" ? status : "all", words: query.get("q") ?? "" };
}

export function searchFor({ status, words }: Wanted): string {
  const query = new URLSearchParams();
  if (status !== "all") query.set("status", status);
  if (words.trim() !== "") query.set("q", words);
  return query.size === 0 ? "" : `?${query}`;
}

export type Fault = "missing" | "long" | "notes";

/** The rules of the API: a title has 1 to 200 characters after trimming, notes up to 1000. */
export function fault(title: string, notes = ""): Fault | null {
  const length = [...title.trim()].length;
  if (length === 0) return "missing";
  if (length > MAX_TITLE) return "long";
  return [...notes.trim()].length > MAX_NOTES ? "notes" : null;
}
