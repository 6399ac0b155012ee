// Sends one change of a task to the server.

import * as api from "../api/operations";
import type { Task } from "../api/schema";
import { saveEdit } from "./edit";
import type { TaskChange } from "./list";

/** Sends the change; returns the task as the server has it, null for a deleted one. */
export async function sendChange(user: string, change: TaskChange): Promise<Task | null> {
  if (change.kind !== "delete") return sendUpdate(user, change);
  await api.deleteTask(user, change.id);
  return null;
}

function sendUpdate(user: string, change: Exclude<TaskChange, { kind: "delete" }>): Promise<Task> {
  switch (change.kind) {
    case "add":
      return api.addTask(user, change.title, change.idempotencyKey);
    case "complete":
      return api.completeTask(user, change.id, change.completed);
    case "edit":
      return saveEdit(user, change.id, change.from, change.to);
    case "restore":
      return api.restoreTask(user, change.id);
  }
}
