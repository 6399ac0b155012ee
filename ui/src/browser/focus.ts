/** Focuses what has just been drawn. In WebKit nothing takes the focus before it is laid out. */
export function focusDrawn(element: HTMLElement | null | undefined): void {
  element?.getBoundingClientRect();
  element?.focus({ preventScroll: true });
}
