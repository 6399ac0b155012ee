// What a change of tasks is and does on the server. Pure.

import type { Task, TaskText } from "./schema";

/** What became of tasks, and what undoes it. */
export interface RecordedWrite {
  /** The tasks as they are now. */
  readonly tasks: readonly Task[];
  /** The numbers of tasks that are gone. */
  readonly deleted: readonly number[];
  /** The numbers of the changes in the history; none where nothing changed. */
  readonly changes: readonly number[];
}

export interface UndoneWrite extends RecordedWrite {
  /** The titles of the tasks that were changed since, and so stay in part. */
  readonly kept: readonly string[];
  /** Whether it tells of all that came back. */
  readonly complete: boolean;
}

/** Beside which task another one comes, in the order of their positions. */
export type TaskPlace = { readonly after: number } | { readonly before: number };

/** The members of a task that a change names. */
export type TaskMembers = Partial<TaskText> & { readonly parent?: number | null };

/** The number of the change that the response names; none where nothing changed. */
export function changesOf(response: Response): number[] {
  const change = Number(response.headers.get("task-change") ?? 0);
  return change > 0 ? [change] : [];
}

export function mergeWrites(writes: readonly RecordedWrite[]): RecordedWrite {
  return {
    tasks: writes.flatMap(({ tasks }) => tasks),
    deleted: writes.flatMap(({ deleted }) => deleted),
    changes: writes.flatMap(({ changes }) => changes),
  };
}
