import { showLoaded } from "../components/showLoaded";

/**
 * Opens the palette; with the number of a task it also offers what can be done with that task. What is typed while its
 * code is loaded is meant for its field, not for the page.
 */
export function openPalette(task: number | null): void {
  let typed = "";
  const keep = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) typed += event.key;
  };
  addEventListener("keydown", keep, { capture: true });
  const loaded = import("./Palette").finally(() => removeEventListener("keydown", keep, { capture: true }));
  showLoaded(() =>
    loaded.then(
      ({ showPalette }) =>
        () =>
          showPalette(task, typed),
    ),
  );
}
