import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { showLoaded } from "../components/showLoaded";
import { clearSelection, selection } from "./selection";

/** Where the bar for the selected tasks stands. Its code is loaded when there are some. */
export function SelectionPlace() {
  const [Bar, setBar] = useState<ComponentType | null>(null);
  const isNeeded = selection.value.size > 0;
  useEffect(() => {
    if (!isNeeded || Bar !== null) return;
    const load = () =>
      import("./SelectionBar").then(
        ({ SelectionBar }) =>
          () =>
            setBar(() => SelectionBar),
      );
    showLoaded(load, clearSelection);
  }, [isNeeded]);
  return <div role="status">{isNeeded && Bar !== null && <Bar />}</div>;
}
