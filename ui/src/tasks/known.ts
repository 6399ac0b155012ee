// The tags that the tasks have, and how many tasks there are and are due.

import { computed } from "@preact/signals";
import type { TaskFilter } from "../api/schema";
import { today } from "../state/clock";
import { filterRows } from "./filter";
import type { ListRow } from "./list";
import { taskRows } from "./taskState";

const openRows = computed(() => taskRows.value.filter((row) => !row.completed));

export const knownTags = computed(() => sorted(openRows.value.flatMap(({ tags = [] }) => tags)));
/** How many tasks are open and completed; steps are parts of theirs. */
export const taskCounts = computed(() => countRows(taskRows.value));

/** The same of the tasks of one view. */
export function countsOf(view: TaskFilter) {
  return countRows(filterRows(taskRows.value, { ...view, status: "all", words: "" }));
}

function countRows(rows: readonly ListRow[]) {
  const own = rows.filter(({ parent }) => !parent);
  const completed = own.filter((row) => row.completed).length;
  return { open: own.length - completed, completed };
}

/** Whether any task has a date. */
export const hasDates = computed(() => taskRows.value.some(({ due }) => Boolean(due)));
/** How many open tasks are due today or late. */
export const dueToday = computed(
  () => openRows.value.filter(({ due }) => due && due.slice(0, 10) <= today.value).length,
);

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
