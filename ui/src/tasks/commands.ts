// What buttons and keys do with a task.

import { newIdempotencyKey } from "../api/request";
import { drafts } from "../state/drafts";
import { clearSelection, selection } from "./selection";
import { changeTask, changeTasks, taskRows } from "./store";

function rowOf(id: number) {
  return taskRows.peek().find((row) => row.id === id);
}

export function completeTask(id: number, completed: boolean): void {
  const row = rowOf(id);
  const idempotencyKey = newIdempotencyKey();
  if (row) void changeTask({ kind: "complete", id, title: row.title, completed, idempotencyKey });
}

export function toggleTask(id: number): void {
  completeTask(id, rowOf(id)?.completed !== true);
}

export function editTask(id: number): void {
  const row = rowOf(id);
  if (row) drafts.startEdit(id, row);
}

export function deleteTask(id: number): void {
  const row = rowOf(id);
  if (row) void changeTask({ kind: "delete", id, title: row.title });
}

/** Completes the selected tasks in one act; reopens them when all are completed. */
export function completeSelected(): void {
  const rows = selectedRows();
  const completed = rows.some((row) => !row.completed);
  const changed = rows.filter((row) => row.completed !== completed);
  void changeTasks(changed.map(({ id, title }) => ({ kind: "complete", id, title, completed })));
  clearSelection();
}

export function deleteSelected(): void {
  deleteRows(selectedRows());
  clearSelection();
}

export function deleteCompleted(): void {
  deleteRows(numberedRows().filter((row) => row.completed));
}

function deleteRows(rows: readonly { readonly id: number; readonly title: string }[]): void {
  void changeTasks(rows.map(({ id, title }) => ({ kind: "delete", id, title })));
}

function selectedRows() {
  return numberedRows().filter(({ id }) => selection.peek().has(id));
}

/** The rows of tasks that the server knows. */
function numberedRows() {
  return taskRows.peek().flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]));
}
