// The lists of the signed-in user: their order and colours, also of those without a task.

import { computed, effect, signal } from "@preact/signals";
import { listLists, type NamedList } from "../api/lists";
import { list, loadState, taskRows } from "./taskState";

/** Null until they are loaded. */
const lists = signal<readonly NamedList[] | null>(null);

const namesInTasks = computed(() => [...new Set(taskRows.value.flatMap((row) => row.list ?? []))].sort().join("\n"));

/** The lists that are shown: those of the user in their order, then names that only tasks know yet. */
export const shownLists = computed<readonly NamedList[]>(() => {
  const known = lists.value ?? [];
  const names = new Set(known.map(({ name }) => name));
  const others = namesInTasks.value.split("\n").filter((name) => name !== "" && !names.has(name));
  return [
    ...known.filter(({ archived }) => !archived),
    ...others.map((name) => ({ id: 0, name, archived: false, color: null })),
  ];
});

/** The class of a list's colour; empty without one. */
export function colorOf(name: string): string {
  const color = lists.value?.find((known) => known.name === name)?.color;
  return color ? `color-${color}` : "";
}

export function listNamed(name: string): NamedList | undefined {
  return lists.value?.find((known) => known.name === name);
}

/** Loads the lists; without them the names that tasks have are shown. */
export async function refreshLists(): Promise<void> {
  const { user } = list;
  if (user === null) return;
  const found = await listLists(user).catch(() => null);
  if (found !== null && list.user === user) lists.value = found;
}

export function forgetLists(): void {
  lists.value = null;
}

/** Keeps the lists in step with the tasks: a name that is new there is a new list. Returns what ends it. */
export function followLists(): () => void {
  return effect(() => {
    const names = namesInTasks.value;
    if (loadState.value !== "ready") return;
    const known = lists.peek();
    if (known === null || names.split("\n").some((name) => name !== "" && !listNamed(name))) void refreshLists();
  });
}
