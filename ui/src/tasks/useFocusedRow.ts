import { useLayoutEffect } from "preact/hooks";

const findRows = () => [...document.querySelectorAll<HTMLElement>("[data-task]")];

/**
 * Keeps the focus in the list: when its row moves, the focus goes with it; when the row disappears, to the row in its
 * place. A row that has just been completed by its box moves away from the user: there the focus stays in its place.
 */
export function useFocusedRow(): void {
  const focused = document.activeElement;
  const rows = findRows();
  // The innermost one: a step stands within its task.
  const at = rows.findLastIndex((row) => row.contains(focused));
  const id = rows[at]?.dataset.task;
  useLayoutEffect(() => {
    if (at === -1 || document.activeElement !== document.body) return;
    const now = findRows();
    const row = now.find((other) => other.dataset.task === id);
    const moved = row && focused && sameControl(row, focused);
    if (moved instanceof HTMLElement) return moved.focus();
    const box = now[Math.min(at, now.length - 1)]?.querySelector<HTMLElement>(".box input");
    (box ?? document.getElementById("content"))?.focus();
  });
}

/** This control in the row, which is drawn anew where it moved to another list; null for the box of such a row. */
function sameControl(row: HTMLElement, control: Element): Element | null {
  if (row.contains(control)) return control;
  const name = control.getAttribute("aria-label");
  return name === null || control.matches(".box input")
    ? null
    : row.querySelector(`[aria-label="${CSS.escape(name)}"]`);
}
