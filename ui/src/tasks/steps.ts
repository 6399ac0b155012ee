// The steps of tasks, and which tasks show theirs.

import { computed, signal } from "@preact/signals";
import type { ListRow } from "./list";
import { taskRows } from "./taskState";

const NONE: readonly ListRow[] = [];
/** The steps as they were last; the same array as long as they are the same. */
let known: ReadonlyMap<number, readonly ListRow[]> = new Map();

/** The steps of each task that has some, in their order. */
export const stepsByTask = computed(() => {
  const found = new Map<number, ListRow[]>();
  for (const row of taskRows.value) {
    if (row.parent) found.set(row.parent, [row, ...(found.get(row.parent) ?? [])]);
  }
  const same = (one: readonly ListRow[], other: readonly ListRow[]) =>
    one.length === other.length && one.every((row, at) => row === other[at]);
  known = new Map(
    [...found].map(([id, rows]) => {
      const before = known.get(id);
      return [id, before && same(before, rows) ? before : rows];
    }),
  );
  return known;
});

export function stepsOf(id: number): readonly ListRow[] {
  return stepsByTask.value.get(id) ?? NONE;
}

/** The title of the task that has this number. */
export function titleOf(id: number): string | undefined {
  return taskRows.value.find((row) => row.id === id)?.title;
}

/** The rows without the steps of tasks that are among them: those stand below their task. */
export function withoutShownSteps(rows: readonly ListRow[]): ListRow[] {
  const ids = new Set(rows.map(({ id }) => id));
  return rows.filter(({ parent }) => !parent || !ids.has(parent));
}

/** The tasks whose steps the user folded away or unfolded. */
const folds = signal<ReadonlyMap<number, boolean>>(new Map());

/** The steps of a completed task are folded away at first. */
export function showsSteps(id: number, completed: boolean): boolean {
  return folds.value.get(id) ?? !completed;
}

export function showSteps(id: number, shown: boolean): void {
  folds.value = new Map(folds.peek()).set(id, shown);
}

/** The task to which a step is being added. */
export const addingStepTo = signal<number | null>(null);

export function startAddingStep(id: number): void {
  showSteps(id, true);
  addingStepTo.value = id;
}
