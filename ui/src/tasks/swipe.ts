// Swiping a row by a finger: to the end of the line completes the task, to the other side deletes it. Both can be undone, and
// buttons do the same.

import { taskStrings } from "../strings/firstPage";
import { deleteTask, toggleTask } from "./commands";

/** So far a row must be moved for the swipe to count. */
const SWIPE_PX = 96;

/** Follows a finger that moves sideways over a row, from this point on. */
export function startSwipe(row: HTMLElement, fromX: number): void {
  const controller = new AbortController();
  const { signal } = controller;
  let way = 0;
  const onMove = ({ clientX }: PointerEvent) => {
    way = clientX - fromX;
    row.style.translate = `${way}px`;
    row.dataset.swipe = way > 0 ? "complete" : "delete";
    row.dataset.word = way > 0 ? taskStrings.many.complete : taskStrings.many.delete;
    row.classList.toggle("far", Math.abs(way) > SWIPE_PX);
  };
  const end = (counts: boolean) => {
    controller.abort();
    row.style.translate = "";
    row.classList.remove("far");
    delete row.dataset.swipe;
    const id = Number(row.dataset.task);
    if (counts && way > SWIPE_PX) toggleTask(id);
    else if (counts && way < -SWIPE_PX) deleteTask(id);
  };
  document.addEventListener("pointermove", onMove, { signal });
  document.addEventListener("pointerup", () => end(true), { signal });
  document.addEventListener("pointercancel", () => end(false), { signal });
}
