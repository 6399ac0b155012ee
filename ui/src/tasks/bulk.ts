// What is done with the selected tasks together, each as one act with one undo.

import type { TaskMembers } from "../api/recordedWrite";
import type { BulkChanges } from "../api/schema";
import type { ListRow, NumberedRow } from "./list";
import { clearSelection, selection } from "./selection";
import { changeTasks, taskRows } from "./store";

/** The rows of these tasks, and with them their steps that the change concerns too. */
function rowsOf(ids: ReadonlySet<number>, withSteps = false): NumberedRow[] {
  const isChosen = ({ id, parent }: ListRow) => ids.has(id ?? 0) || (withSteps && parent && ids.has(parent));
  return taskRows.peek().flatMap((row) => (row.id !== null && isChosen(row) ? [{ ...row, id: row.id }] : []));
}

/** `membersOf` says of each row what `together` says of all. */
function changeRows(
  rows: readonly NumberedRow[],
  together: BulkChanges,
  membersOf: (row: NumberedRow) => TaskMembers,
): void {
  void changeTasks(
    rows.map((row) => ({ kind: "set", id: row.id, title: row.title, members: membersOf(row), together })),
  );
}

/** Moves tasks, with their steps, to the list of this name; null is no list. */
export function moveRowsToList(ids: readonly number[], name: string | null): void {
  const rows = rowsOf(new Set(ids), true).filter((row) => (row.list ?? null) !== name);
  changeRows(rows, { list: name }, () => ({ list: name }));
}

export function moveSelectedToList(name: string | null): void {
  moveRowsToList([...selection.peek()], name);
  clearSelection();
}

/** Makes them due on this day, each at its own time; null is no day. */
export function rescheduleSelected(day: string | null): void {
  changeRows(rowsOf(selection.peek()), day === null ? { due: null } : { due_day: day }, ({ due }) => {
    const time = due?.split("T")[1];
    return { due: day !== null && time !== undefined ? `${day}T${time}` : day };
  });
  clearSelection();
}

export function tagSelected(name: string): void {
  const tag = name.replace(/[#,]/g, "").trim();
  if (tag === "") return;
  const rows = rowsOf(selection.peek()).filter(({ tags = [] }) => !tags.includes(tag));
  changeRows(rows, { add_tags: [tag] }, ({ tags = [] }) => ({ tags: [...tags, tag] }));
  clearSelection();
}
