// Sends changes of tasks to the server.

import * as api from "../api/operations";
import type { Task } from "../api/schema";
import { saveEdit } from "./edit";
import type { TaskChange } from "./list";
import type { TaskQueue } from "./queue";

/** Sends the changes; returns each task as the server has it, null for a deleted one. */
export async function sendChanges(
  user: string,
  changes: readonly TaskChange[],
  queue: TaskQueue,
): Promise<(Task | null)[]> {
  const many = changes.length > 1 ? await sendMany(user, changes) : null;
  if (many !== null) return changes.map((change) => many.find(({ id }) => "id" in change && change.id === id) ?? null);
  // One new task after the other keeps their order.
  if (changes.every(({ kind }) => kind === "add")) {
    const added: (Task | null)[] = [];
    for (const change of changes) added.push(await sendChange(user, change));
    return added;
  }
  return Promise.all(
    changes.map((change) => {
      const send = () => sendChange(user, change);
      return change.kind === "add" ? send() : queue.run(change.id, send);
    }),
  );
}

/** Completes, reopens or deletes many tasks in one request; null if they cannot go together. */
async function sendMany(user: string, changes: readonly TaskChange[]): Promise<Task[] | null> {
  const ids = changes.flatMap((change) => ("id" in change ? change.id : []));
  if (changes.every(({ kind }) => kind === "delete")) {
    await api.deleteTasks(user, ids);
    return [];
  }
  for (const completed of [true, false]) {
    if (changes.every((change) => change.kind === "complete" && change.completed === completed)) {
      return api.completeTasks(user, ids, completed);
    }
  }
  return null;
}

async function sendChange(user: string, change: TaskChange): Promise<Task | null> {
  switch (change.kind) {
    case "add":
      return api.addTask(user, change.title, change.idempotencyKey, change.details);
    case "complete":
      return api.completeTask(user, change.id, change.completed);
    case "edit":
      return saveEdit(user, change.id, change.from, change.to);
    case "restore":
      return api.restoreTask(user, change.id);
    case "delete":
      await api.deleteTask(user, change.id);
      return null;
  }
}
