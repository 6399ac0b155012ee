import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";

/** Shows a sheet whose code is loaded with it, or says that it could not be loaded. */
export function showLoaded(load: () => Promise<() => void>): void {
  load().then(
    (show) => show(),
    () => notify({ kind: "failure", text: appStrings.lazyFailed.heading }),
  );
}
