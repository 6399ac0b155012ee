import { useLayoutEffect } from "preact/hooks";

const findRows = () => [...document.querySelectorAll<HTMLElement>("[data-task]")];

/**
 * Keeps the focus in the list: when its row moves, the focus goes with it; when the row disappears, to the row in its
 * place.
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
    const moved = now.find((row) => row.dataset.task === id)?.contains(focused) && focused;
    if (moved instanceof HTMLElement) return moved.focus();
    const box = now[Math.min(at, now.length - 1)]?.querySelector<HTMLElement>(".box input");
    (box ?? document.getElementById("content"))?.focus();
  });
}
