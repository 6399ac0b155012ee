import { dismiss, type Notice, notice, notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";

/** The notice that a part could not be loaded. */
let told: Notice | null = null;

/** Shows a part whose code is loaded with it, or says that it could not be loaded. */
export function showLoaded(load: () => Promise<() => void>, onFailure: () => void = () => undefined): void {
  load().then(
    (show) => {
      if (told !== null && notice.peek() === told) dismiss();
      show();
    },
    () => {
      onFailure();
      const action = { label: appStrings.retry, run: () => showLoaded(load, reloadPage) };
      told = { kind: "failure", text: appStrings.partFailed, action };
      notify(told);
    },
  );
}

/**
 * Loads the page anew, once the server responds. A module that failed to load stays failed for the page
 * (https://github.com/whatwg/html/issues/6768).
 */
export async function reloadPage(): Promise<void> {
  const options = { cache: "no-store", headers: { accept: "text/html" } } as const;
  const response = await fetch(location.href, options).catch(() => null);
  if (response?.ok) location.reload();
}
