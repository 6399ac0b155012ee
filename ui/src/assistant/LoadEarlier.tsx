import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { toApiError } from "../api/problem";
import { announce, notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";

/** Brings what was said before the messages that follow it. It goes when there is no more; its place keeps the focus. */
export function LoadEarlier({ get }: { readonly get: () => Promise<void> }) {
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  useLayoutEffect(() => {
    const { current } = button;
    return () => {
      if (current === document.activeElement) current?.parentElement?.focus({ preventScroll: true });
    };
  }, []);
  const bring = async () => {
    if (asked) return;
    setAsked(true);
    try {
      await get();
      announce(assistantStrings.earlierShown);
    } catch (cause) {
      notify({ kind: "failure", text: toApiError(cause).sentence });
    }
    setAsked(false);
  };
  return (
    <button ref={button} type="button" class="plain earlier" aria-disabled={asked} onClick={() => void bring()}>
      {asked ? appStrings.loading : assistantStrings.earlier}
    </button>
  );
}

/** What is in view in this box stays there when another message becomes the earliest. */
export function useStableScroll(earliest: number | undefined, box: Element | null): void {
  const fromEnd = (box?.scrollHeight ?? 0) - (box?.scrollTop ?? 0);
  useLayoutEffect(() => box?.scrollTo(0, box.scrollHeight - fromEnd), [earliest]);
}
