// Dragging tasks to another place or onto a list, by mouse and by touch after a long press; a finger that moves sideways
// swipes. Loaded when a list of tasks is first touched; keys and buttons do the same.

import { announce } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import { moveRowsToList } from "./bulk";
import { moveBeside } from "./moves";
import { clearSelection, selection } from "./selection";
import { startSwipe } from "./swipe";

/** A mouse drags after this way, so that a click is a click; a finger after this time without one. */
const MOUSE_PX = 6;
const TOUCH_MS = 350;
const TOUCH_PX = 8;
/** Near the edge of the window the page scrolls. */
const EDGE_PX = 70;
const SCROLL_PX = 12;

/** What would become of the tasks if they were dropped now. */
type DropTarget =
  | { readonly kind: "row"; readonly row: HTMLElement; readonly above: boolean }
  | { readonly kind: "list"; readonly link: HTMLElement; readonly name: string };

interface Drag {
  readonly ids: readonly number[];
  readonly row: HTMLElement;
  readonly ghost: HTMLElement;
  target: DropTarget | null;
  y: number;
}

let drag: Drag | null = null;
/** Ends the wait for the begin of a drag. */
let stopWaiting: (() => void) | null = null;

// A listener that is added after the touch began is too late to stop the page from scrolling.
document.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });

/** Waits for what makes a drag of this press. `movable`: whether places can be changed; tasks go onto lists anyway. */
export function watchPress(event: PointerEvent, movable: () => boolean): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-task]");
  if (row === null || drag !== null || stopWaiting !== null) return;
  const { clientX, clientY, pointerType } = event;
  const isMouse = pointerType === "mouse";
  const controller = new AbortController();
  const { signal } = controller;
  const begin = (at: PointerEvent) => {
    stopWaiting?.();
    startDrag(row, at, movable);
  };
  const timer = isMouse ? 0 : setTimeout(() => begin(event), TOUCH_MS);
  stopWaiting = () => {
    clearTimeout(timer);
    controller.abort();
    stopWaiting = null;
  };
  const onMove = (moved: PointerEvent) => {
    // The button was released where no event tells of it, outside of the window.
    if (isMouse && moved.buttons === 0) return stopWaiting?.();
    const way = Math.hypot(moved.clientX - clientX, moved.clientY - clientY);
    if (isMouse && way > MOUSE_PX) return begin(moved);
    if (isMouse || way <= TOUCH_PX) return;
    stopWaiting?.();
    const isSideways = Math.abs(moved.clientX - clientX) > 2 * Math.abs(moved.clientY - clientY);
    if (isSideways) startSwipe(row, clientX);
  };
  document.addEventListener("pointermove", onMove, { signal });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => stopWaiting?.(), { signal });
}

function startDrag(row: HTMLElement, event: PointerEvent, movable: () => boolean): void {
  const id = Number(row.dataset.task);
  const shown = [...document.querySelectorAll<HTMLElement>("[data-task]")].map(({ dataset }) => Number(dataset.task));
  const chosen = selection.peek().has(id) ? shown.filter((other) => selection.peek().has(other)) : [id];
  drag = { ids: chosen, row, ghost: showGhost(row, chosen.length), target: null, y: event.clientY };
  document.body.classList.add("dragging");
  getSelection()?.removeAllRanges();
  for (const each of chosen) rowOf(each)?.classList.add("lifted");
  const controller = new AbortController();
  const { signal } = controller;
  const end = (drop: boolean) => {
    controller.abort();
    endDrag(drop);
  };
  const onMove = (moved: PointerEvent) => moveTo(moved.clientX, moved.clientY, movable());
  moveTo(event.clientX, event.clientY, movable());
  document.addEventListener("pointermove", onMove, { signal });
  document.addEventListener("pointerup", () => end(true), { signal });
  document.addEventListener("pointercancel", () => end(false), { signal });
  // The press of a finger would open the browser's menu.
  document.addEventListener("contextmenu", (menu) => menu.preventDefault(), { signal });
  document.addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal, capture: true });
  requestAnimationFrame(scrollAtEdges);
}

const rowOf = (id: number) => document.querySelector<HTMLElement>(`[data-task="${id}"]`);

/** A note with the title, or with the number of tasks, that follows the pointer. */
function showGhost(row: HTMLElement, count: number): HTMLElement {
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = count > 1 ? taskStrings.many.selected(count) : (row.querySelector(".title")?.textContent ?? "");
  document.body.append(ghost);
  return ghost;
}

function moveTo(x: number, y: number, movable: boolean): void {
  if (drag === null) return;
  drag.y = y;
  drag.ghost.style.translate = `${x}px ${y}px`;
  showTarget(targetAt(x, y, movable));
}

function targetAt(x: number, y: number, movable: boolean): DropTarget | null {
  const under = document.elementFromPoint(x, y);
  const link = under?.closest<HTMLElement>("[data-list]");
  if (link) return { kind: "list", link, name: link.dataset.list ?? "" };
  const level = drag?.row.parentElement;
  const row = movable ? level && rowAt(level, y, under) : null;
  if (!row || drag?.row === row) return null;
  const { top, height } = row.getBoundingClientRect();
  return { kind: "row", row, above: y < top + height / 2 };
}

/** The row of this level under the pointer; above and below the list its first and last one. */
function rowAt(level: HTMLElement, y: number, under: Element | null): HTMLElement | null {
  const rows = [...level.querySelectorAll<HTMLElement>(":scope > [data-task]")];
  const hit = rows.find((row) => row.contains(under));
  if (hit) return hit;
  const { top, bottom } = level.getBoundingClientRect();
  if (y < top && y > top - EDGE_PX) return rows[0] ?? null;
  return y > bottom && y < bottom + EDGE_PX ? (rows.at(-1) ?? null) : null;
}

function showTarget(target: DropTarget | null): void {
  if (drag === null) return;
  const before = drag.target;
  if (before) elementOf(before).removeAttribute("data-drop");
  if (target) elementOf(target).dataset.drop = target.kind === "list" ? "onto" : target.above ? "above" : "below";
  drag.target = target;
}

const elementOf = (target: DropTarget) => (target.kind === "list" ? target.link : target.row);

function scrollAtEdges(): void {
  if (drag === null) return;
  if (drag.y < EDGE_PX) scrollBy(0, -SCROLL_PX);
  else if (drag.y > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
  requestAnimationFrame(scrollAtEdges);
}

function endDrag(drop: boolean): void {
  if (drag === null) return;
  const { ids, ghost, target } = drag;
  showTarget(null);
  drag = null;
  ghost.remove();
  document.body.classList.remove("dragging");
  for (const id of ids) rowOf(id)?.classList.remove("lifted");
  swallowClick();
  if (!drop || target === null) return;
  if (target.kind === "row") moveBeside(ids, Number(target.row.dataset.task), target.above);
  else {
    moveRowsToList(ids, target.name || null);
    announce(taskStrings.moves.onto(target.name || appStrings.nav.inbox));
  }
  if (ids.length > 1) clearSelection();
}

/** The click that follows the release opens nothing. */
function swallowClick(): void {
  const stop = (click: Event) => {
    click.preventDefault();
    click.stopPropagation();
  };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
}
