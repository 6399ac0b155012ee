import { HOME, navigate } from "../router";

/** Focuses the element with this id; returns false where there is none. */
export function focusById(id: string): boolean {
  const found = document.getElementById(id);
  found?.focus();
  return found !== null;
}

/** Focuses a field of the page of tasks, from any page. */
export function focusOnTasks(id: string): void {
  if (focusById(id)) return;
  navigate(HOME);
  // The page that was just opened has its field now.
  queueMicrotask(() => focusById(id));
}
