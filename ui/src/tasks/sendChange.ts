// Sends changes of tasks to the server.

import { ApiError, loadProblemTexts } from "../api/problem";
import { mergeWrites, type RecordedWrite, type UndoneWrite } from "../api/recordedWrite";
import { newIdempotencyKey } from "../api/request";
import type { BulkChanges } from "../api/schema";
import * as api from "../api/taskWrites";
import { saveEdit } from "./edit";
import type { TaskChange } from "./list";
import type { TaskQueue } from "./queue";
import { tasks } from "./taskState";

/** In the queue, the number of the tasks that have none yet. */
const NEW_TASKS = 0;

/** What was written, and the titles of the tasks that stayed as they were. */
export interface SentChanges extends RecordedWrite {
  readonly kept?: readonly string[];
  /** Whether more changed than is told here: the list must be loaded. */
  readonly partial?: boolean;
}

/**
 * Sends the changes of one act in their order. `accept` gets each write of known tasks before the next one of the same tasks
 * is sent.
 */
export async function sendChanges(
  user: string,
  changes: readonly TaskChange[],
  queue: TaskQueue,
  accept: (write: RecordedWrite) => void,
): Promise<SentChanges> {
  const inTurn = <T extends RecordedWrite>(ids: readonly number[], send: () => Promise<T>) =>
    queue.run(ids, async () => {
      const write = await send();
      accept(write);
      return write;
    });
  const many = changes.length > 1 ? manyAtOnce(user, changes) : null;
  if (many !== null) return inTurn(idsOf(changes), many);
  const [first] = changes;
  if (first?.kind === "undo") return inTurn(idsOf(first.shown), () => undo(user, first.changes));
  // One new task after the other keeps their order, also with those that were added just before.
  if (changes.every(({ kind }) => kind === "add")) {
    return queue.run([NEW_TASKS], async () => {
      const added: RecordedWrite[] = [];
      for (const change of changes) added.push(await sendChange(user, change));
      return mergeWrites(added);
    });
  }
  const sent = changes.map((change) => inTurn(idsOf([change]), () => sendChange(user, change)));
  return mergeWrites(await Promise.all(sent));
}

/** The tasks that the changes concern, the neighbours of moved ones too. */
function idsOf(changes: readonly TaskChange[]): number[] {
  return changes.flatMap((change) => {
    if (change.kind === "move") return [change.id, ...Object.values(change.place)];
    return "id" in change ? change.id : [];
  });
}

/** The one request that does the same to many tasks; null if they cannot go together. */
function manyAtOnce(user: string, changes: readonly TaskChange[]): (() => Promise<SentChanges>) | null {
  const [first, ...others] = changes.map(togetherOf);
  if (!first || others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) return null;
  return async () => {
    const { refused, ...write } = await api.changeTogether(user, namedTasks(changes), first);
    const reasons = refused.map(({ why }) => why);
    if (refused.length === changes.length) {
      await loadProblemTexts();
      throw new ApiError(422, "invalid", "", reasons.slice(0, 1));
    }
    const isRefused = (change: TaskChange) => refused.some(({ id }) => "id" in change && id === change.id);
    return { ...write, kept: changes.filter(isRefused).map(({ title }) => title) };
  };
}

/** The tasks in the order in which a request for many names them: one after the other was put directly behind its neighbour. */
function namedTasks(changes: readonly TaskChange[]): number[] {
  const ids = changes.flatMap((change) => ("id" in change ? change.id : []));
  const [first] = changes;
  return first?.kind === "move" && "after" in first.place ? ids.reverse() : ids;
}

/** What a request for many says of this change; null if such a request cannot say it. */
function togetherOf(change: TaskChange): BulkChanges | null {
  if (change.kind === "delete") return { delete: true };
  if (change.kind === "complete") return { completed: change.completed };
  if (change.kind === "move") return change.place;
  return (change.kind === "set" && change.together) || null;
}

async function sendChange(user: string, change: TaskChange): Promise<RecordedWrite> {
  switch (change.kind) {
    case "add":
      return api.addTask(user, change.title, change.idempotencyKey, change.details);
    case "complete":
      return api.completeTask(user, change.id, change.completed, change.idempotencyKey ?? newIdempotencyKey());
    case "edit": {
      const known = tasks.peek().find(({ id }) => id === change.id);
      return saveEdit(user, change.id, change.from, change.to, known);
    }
    case "set":
      return api.editTask(user, change.id, change.members, null);
    case "move":
      return api.moveTask(user, change.id, change.place);
    case "restore":
      return api.restoreTask(user, change.id);
    case "delete":
      return api.deleteTask(user, change.id);
    case "undo":
      return undo(user, change.changes);
  }
}

/** Undoes the changes, the last one first. */
async function undo(user: string, changes: readonly number[]): Promise<SentChanges> {
  const undone: UndoneWrite[] = [];
  for (const change of changes.toReversed()) undone.push(await api.undoChange(user, change));
  const kept = undone.flatMap((write) => write.kept);
  return { ...mergeWrites(undone), kept, partial: undone.some(({ complete }) => !complete) };
}
