/** Focuses what has just been drawn. In WebKit nothing takes the focus before it is laid out. */
export function focusDrawn(element: HTMLElement | null | undefined): void {
  element?.getBoundingClientRect();
  element?.focus({ preventScroll: true });
}

/**
 * Focuses that with which a page begins. To focus it, the browser lays out the page. Where that was just loaded, the focus
 * waits for its first frame, so that drawing and layout are two short tasks instead of a long one. After an act of the
 * user it moves at once: a phone opens its keyboard for nothing that comes later.
 */
export function focusBeginning(element: HTMLElement | null | undefined): void {
  const before = document.activeElement;
  if (navigator.userActivation?.hasBeenActive) focusDrawn(element);
  else requestAnimationFrame(() => document.activeElement === before && focusDrawn(element));
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
