// What the user can undo and do again in this tab: for each act the numbers of its changes, the newest last.

import type { TaskPlace } from "../api/recordedWrite";
import type { Task } from "../api/schema";
import { type TaskChange, textOf, type UndoChange } from "./list";

const MAX_STEPS = 100;

/**
 * How the list looks once these changes are undone; the server says it exactly. `before`: its tasks in order, `added`: the
 * task of each addition.
 */
export function reverseOf(
  changes: readonly TaskChange[],
  before: readonly Task[],
  added: readonly Task[],
): TaskChange[] {
  return changes.flatMap((change, at) => reverseOne(change, before, added[at])).reverse();
}

function reverseOne(change: TaskChange, before: readonly Task[], added: Task | undefined): TaskChange[] {
  const { title } = change;
  if (change.kind === "undo") return reverseOf(change.shown, before, []).reverse();
  if (change.kind === "add") return added ? [{ kind: "delete", id: added.id, title }] : [];
  const { id } = change;
  const former = before.find((task) => task.id === id);
  if (change.kind === "complete") return [{ ...change, completed: !change.completed }];
  if (change.kind === "restore") return [{ kind: "delete", id, title }];
  if (former === undefined) return [];
  if (change.kind === "delete") return [{ kind: "restore", id, title, task: former }];
  if (change.kind === "move") return [{ kind: "move", id, title, place: placeOf(former, before) }];
  return [{ kind: "set", id, title, members: textOf(former) }];
}

/** Beside which task this one stands. */
function placeOf(task: Task, tasks: readonly Task[]): TaskPlace {
  const at = tasks.indexOf(task);
  const behind = tasks[at - 1];
  return behind ? { after: behind.id } : { before: tasks[at + 1]?.id ?? task.id };
}

export class UndoHistory {
  #steps: { readonly order: number; readonly step: UndoChange }[] = [];

  /** `order` counts the user's changes; the server may have confirmed them in another one. */
  push(order: number, step: UndoChange): void {
    this.#steps = [...this.#steps, { order, step }].sort((a, b) => a.order - b.order).slice(-MAX_STEPS);
  }

  /** Removes and returns the step for the newest change. */
  pop(): UndoChange | undefined {
    return this.#steps.pop()?.step;
  }

  /** Returns whether the step was still there. */
  remove(step: UndoChange): boolean {
    const count = this.#steps.length;
    this.#steps = this.#steps.filter((other) => other.step !== step);
    return this.#steps.length < count;
  }

  clear(): void {
    this.#steps = [];
  }
}
