// Saves an edit of a task, so that two people who edit it at the same time do not overwrite each other unknowingly.

import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import type { RecordedWrite } from "../api/recordedWrite";
import type { Task, TaskText, TaskVersion } from "../api/schema";
import { editTask } from "../api/taskWrites";
import { emptyDetails, sameText } from "./list";

/** The text of the task was changed elsewhere meanwhile. */
export class EditConflictError extends ApiError {
  constructor(readonly task: Task) {
    super(412, "precondition_failed");
  }
}

/**
 * Changes the text `from`, with which the edit began, to `to`. A task that was only completed meanwhile is no conflict.
 * `known` is the task as it was last seen: this page's own writes since the edit began are in it.
 */
export async function saveEdit(
  user: string,
  id: number,
  from: TaskVersion,
  to: TaskText,
  known?: Task,
): Promise<RecordedWrite> {
  // An earlier attempt saved it and its response was lost.
  if (known && sameText(known, to)) return unchanged(known);
  const version = known && sameText(known, from) ? known.updated_at : from.updated_at;
  try {
    return await editTask(user, id, changedText(from, to), version);
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 412) throw cause;
    const task = await api.getTask(user, id);
    if (sameText(task, to)) return unchanged(task);
    if (sameText(task, from)) return saveEdit(user, id, task, to);
    throw new EditConflictError(task);
  }
}

function unchanged(task: Task): RecordedWrite {
  return { tasks: [task], deleted: [], changes: [] };
}

/** The members that the edit changes; title and notes always. */
function changedText(from: TaskVersion, { title, description, ...details }: TaskText): Partial<TaskText> {
  const former: Partial<TaskText> = { ...emptyDetails, ...from };
  const changed = Object.entries(details).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(former[name as keyof TaskText]),
  );
  return { title, description, ...Object.fromEntries(changed) };
}
