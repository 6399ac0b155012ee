// The tags that the tasks have, and how many tasks there are and are due.

import { computed } from "@preact/signals";
import { localDay } from "./dueDate";
import { taskRows } from "./taskState";

const openRows = computed(() => taskRows.value.filter((row) => !row.completed));

export const knownTags = computed(() => sorted(openRows.value.flatMap(({ tags = [] }) => tags)));
/** How many tasks are open and completed; steps are parts of theirs. */
export const taskCounts = computed(() => {
  const own = taskRows.value.filter(({ parent }) => !parent);
  const completed = own.filter((row) => row.completed).length;
  return { open: own.length - completed, completed };
});
/** Whether any task has a date. */
export const hasDates = computed(() => taskRows.value.some(({ due }) => Boolean(due)));
/** How many open tasks are due today or late. */
export const dueToday = computed(() => {
  const today = localDay(new Date());
  return openRows.value.filter(({ due }) => due && due.slice(0, 10) <= today).length;
});

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
