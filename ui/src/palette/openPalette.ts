import { showLoaded } from "../components/showLoaded";

/**
 * Opens the palette; with the number of a task it also offers what can be done with that task. What is typed while its
 * code is loaded is meant for its field, not for the page, and Enter for its first choice.
 */
export function openPalette(task: number | null): void {
  let typed = "";
  let isEntered = false;
  const keep = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isEntered || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") isEntered = true;
    else if (event.key.length === 1) typed += event.key;
  };
  addEventListener("keydown", keep, { capture: true });
  const loaded = import("./Palette").finally(() => removeEventListener("keydown", keep, { capture: true }));
  showLoaded(() =>
    loaded.then(
      ({ showPalette }) =>
        () =>
          showPalette(task, typed, isEntered),
    ),
  );
}
