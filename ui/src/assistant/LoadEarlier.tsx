import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { toApiError } from "../api/problem";
import { announce, notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";

/** A button that loads the page before the earliest message. When it disappears, its parent gets the focus. */
export function LoadEarlier({ load }: { readonly load: () => Promise<void> }) {
  const button = useRef<HTMLButtonElement>(null);
  const [loading, setLoading] = useState(false);
  useLayoutEffect(() => {
    const { current } = button;
    return () => {
      if (current === document.activeElement) current?.parentElement?.focus({ preventScroll: true });
    };
  }, []);
  const click = async () => {
    if (loading) return;
    setLoading(true);
    try {
      await load();
      announce(assistantStrings.earlierShown);
    } catch (cause) {
      notify({ kind: "failure", text: toApiError(cause).sentence });
    }
    setLoading(false);
  };
  return (
    <button ref={button} type="button" class="plain earlier" aria-disabled={loading} onClick={() => void click()}>
      {loading ? appStrings.loading : assistantStrings.earlier}
    </button>
  );
}

/** Keeps what is in view in this box in its place when another message becomes the earliest. */
export function useStableScroll(earliest: number | undefined, box: Element | null): void {
  const fromEnd = (box?.scrollHeight ?? 0) - (box?.scrollTop ?? 0);
  useLayoutEffect(() => box?.scrollTo(0, box.scrollHeight - fromEnd), [earliest]);
}
