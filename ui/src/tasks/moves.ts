// Moving tasks in the user's own order, as the page shows it: the last position first, steps in their order.

import { computed } from "@preact/signals";
import type { TaskPlace } from "../api/recordedWrite";
import { currentAddress } from "../router";
import { announce } from "../state/notices";
import { taskStrings } from "../strings/firstPage";
import { orderOf, parseFilter } from "./filter";
import { changeTasks, taskRows } from "./store";

/** Whether the shown order is the user's own. */
export const canMove = computed(() => orderOf(parseFilter(currentAddress.value.search)) === "manual");

/** The place directly above or below another row. */
function placeBeside(neighbour: number, above: boolean, isStep: boolean): TaskPlace {
  return above === isStep ? { before: neighbour } : { after: neighbour };
}

const rowOf = (id: number) => taskRows.peek().find((row) => row.id === id);

/** Moves tasks, named in the order of the page, directly above or below another one, as one act. */
export function moveBeside(ids: readonly number[], neighbour: number, above: boolean): void {
  const isStep = Boolean(rowOf(neighbour)?.parent);
  const others = ids.filter((id) => id !== neighbour);
  const place = placeBeside(neighbour, above, isStep);
  // Each is put next to the neighbour, so the one that ends up there comes last.
  const inTurn = above ? others : others.toReversed();
  void changeTasks(inTurn.map((id) => ({ kind: "move", id, title: rowOf(id)?.title ?? "", place })));
}

/** Moves a task by one row among those that are shown at its level. */
export function moveBy(id: number, by: 1 | -1): void {
  if (!canMove.peek()) {
    announce(taskStrings.moves.otherOrder);
    return;
  }
  const row = document.querySelector<HTMLElement>(`[data-task="${id}"]`);
  const rows = [...(row?.parentElement?.querySelectorAll<HTMLElement>(":scope > [data-task]") ?? [])];
  const at = row ? rows.indexOf(row) : -1;
  const neighbour = rows[at + by];
  if (at === -1 || !neighbour) return;
  moveBeside([id], Number(neighbour.dataset.task), by === -1);
  announce(taskStrings.moves.place(at + by + 1, rows.length));
}
