import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { clearSelection, selection } from "./selection";

/** Where the bar for the selected tasks stands. Its code is loaded when there are some. */
export function SelectionPlace() {
  const [Bar, setBar] = useState<ComponentType | null>(null);
  const isNeeded = selection.value.size > 0;
  useEffect(() => {
    if (!isNeeded || Bar !== null) return;
    import("./SelectionBar").then(
      ({ SelectionBar }) => setBar(() => SelectionBar),
      () => {
        clearSelection();
        notify({ kind: "failure", text: appStrings.lazyFailed.heading });
      },
    );
  }, [isNeeded]);
  return <div role="status">{isNeeded && Bar !== null && <Bar />}</div>;
}
