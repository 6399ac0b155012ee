import type { NamedList } from "../api/lists";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";

/** Opens the sheet to make a list (null) or to change one. */
export function openListDialog(list: NamedList | null): void {
  import("./ListDialog").then(
    ({ showListDialog }) => showListDialog(list),
    () => notify({ kind: "failure", text: appStrings.lazyFailed.heading }),
  );
}
