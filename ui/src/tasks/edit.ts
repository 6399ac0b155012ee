// Saving what was typed about a task, so that two people who change it at the same time do not overwrite each other
// unknowingly.

import * as api from "../api/operations";
import { Problem } from "../api/problem";
import type { Task } from "../api/schema";
import { sameWords, type Version, type Words } from "./list";

/** Somebody else has given the task other words meanwhile. */
export class Overtaken extends Problem {
  constructor(readonly task: Task) {
    super(412, "precondition_failed");
  }
}

/** Changes the words `from` which the edit started to `to`; that the task was ticked off meanwhile is no matter. */
export async function saveWords(user: string, id: number, from: Version, to: Words): Promise<Task> {
  try {
    return await api.editTask(user, id, to, from.updated_at);
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.status !== 412) throw cause;
    const task = await api.getTask(user, id);
    // As wanted: it was our own change, whose answer was lost.
    if (sameWords(task, to)) return task;
    if (sameWords(task, from)) return saveWords(user, id, task, to);
    throw new Overtaken(task);
  }
}
