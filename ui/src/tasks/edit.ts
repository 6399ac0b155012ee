// Saves an edit of a task, so that two people who edit it at the same time do not overwrite each other unknowingly.

import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import type { Task, TaskText, TaskVersion } from "../api/schema";
import { emptyDetails, sameText } from "./list";

/** The text of the task was changed elsewhere meanwhile. */
export class EditConflictError extends ApiError {
  constructor(readonly task: Task) {
    super(412, "precondition_failed");
  }
}

/** Changes the text `from`, with which the edit began, to `to`. A task that was only completed meanwhile is no conflict. */
export async function saveEdit(user: string, id: number, from: TaskVersion, to: TaskText): Promise<Task> {
  try {
    return await api.editTask(user, id, changedText(from, to), from.updated_at);
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 412) throw cause;
    const task = await api.getTask(user, id);
    // The text is as wanted: an earlier attempt saved it and its response was lost.
    if (sameText(task, to)) return task;
    if (sameText(task, from)) return saveEdit(user, id, task, to);
    throw new EditConflictError(task);
  }
}

/** The members that the edit changes; title and notes always. */
function changedText(from: TaskVersion, { title, description, ...details }: TaskText): Partial<TaskText> {
  const former: Partial<TaskText> = { ...emptyDetails, ...from };
  const changed = Object.entries(details).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(former[name as keyof TaskText]),
  );
  return { title, description, ...Object.fromEntries(changed) };
}
