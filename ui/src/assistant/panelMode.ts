// How the panel lies on the page: beside it, or over all of it on a phone. There nothing behind it can be reached, and
// Back closes it.

import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { assistantCoversPage } from "../state/assistant";

/** The same width as in panel.css. */
const COVERS_PAGE = "(max-width: 47.99rem)";

/** Marks the history entry that Back leaves to close the panel. */
interface PanelEntry {
  readonly panel?: boolean;
}

const isPanelEntry = () => (history.state as PanelEntry | null)?.panel === true;

/** Shows the dialog by the width of the window. `close` is called when the user goes back. */
export function usePanelMode(dialog: RefObject<HTMLDialogElement | null>, close: () => void): void {
  useLayoutEffect(() => {
    const query = matchMedia(COVERS_PAGE);
    const show = () => {
      dialog.current?.close();
      assistantCoversPage.value = query.matches;
      if (!query.matches) return dialog.current?.show();
      if (!isPanelEntry()) history.pushState({ ...history.state, panel: true }, "");
      dialog.current?.showModal();
    };
    const onBack = () => {
      if (query.matches && !isPanelEntry()) close();
    };
    show();
    query.addEventListener("change", show);
    addEventListener("popstate", onBack);
    return () => {
      query.removeEventListener("change", show);
      removeEventListener("popstate", onBack);
      assistantCoversPage.value = false;
      if (isPanelEntry()) history.back();
    };
  }, []);
}
