// What the user can undo: for each change that the server has confirmed the change that reverses it, the newest last.

import type { Task } from "../api/schema";
import { type TaskChange, textOf } from "./list";

const MAX_STEPS = 100;

/** The changes that undo one act, in their order. */
export type UndoStep = readonly TaskChange[];

/** The change that reverses this one. `before` and `after` are the task as the server had it. */
export function reverseOf(change: TaskChange, before: Task | undefined, after: Task | null): TaskChange | null {
  const { title } = change;
  switch (change.kind) {
    case "add":
      return after && { kind: "delete", id: after.id, title };
    case "complete":
      return { ...change, completed: !change.completed };
    case "edit":
      return after && { kind: "edit", id: change.id, title: after.title, from: after, to: textOf(change.from) };
    case "delete":
      return before === undefined ? null : { kind: "restore", id: change.id, title, task: before };
    case "restore":
      return { kind: "delete", id: change.id, title };
  }
}

export class UndoHistory {
  #steps: { readonly order: number; readonly step: UndoStep }[] = [];

  /** `order` counts the user's changes; the server may have confirmed them in another one. */
  push(order: number, step: UndoStep): void {
    this.#steps = [...this.#steps, { order, step }].sort((a, b) => a.order - b.order).slice(-MAX_STEPS);
  }

  /** Removes and returns the step for the newest change. */
  pop(): UndoStep | undefined {
    return this.#steps.pop()?.step;
  }

  /** Returns whether the step was still there. */
  remove(step: UndoStep): boolean {
    const count = this.#steps.length;
    this.#steps = this.#steps.filter((other) => other.step !== step);
    return this.#steps.length < count;
  }

  clear(): void {
    this.#steps = [];
  }
}
