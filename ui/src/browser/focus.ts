/** Focuses what has just been drawn. In WebKit nothing takes the focus before it is laid out. */
export function focusDrawn(element: HTMLElement | null | undefined): void {
  element?.getBoundingClientRect();
  element?.focus({ preventScroll: true });
}

/**
 * Focuses a field that has just been drawn, with its text selected. The press that opened it may end after that and drop
 * the selection, so it is selected again in the next frame, unless a key was pressed before.
 */
export function selectDrawn(field: HTMLInputElement | null | undefined): void {
  focusDrawn(field);
  field?.select();
  const again = requestAnimationFrame(() => document.activeElement === field && field?.select());
  field?.addEventListener("keydown", () => cancelAnimationFrame(again), { once: true });
}
