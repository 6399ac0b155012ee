import type { NamedList } from "../api/lists";
import { showLoaded } from "../components/showLoaded";

/** Opens the sheet to make a list (null) or to change one. */
export function openListDialog(list: NamedList | null): void {
  showLoaded(() =>
    import("./ListDialog").then(
      ({ showListDialog }) =>
        () =>
          showListDialog(list),
    ),
  );
}
