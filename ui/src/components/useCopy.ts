import { useEffect, useState } from "preact/hooks";
import { announce, announcement } from "../state/notices";

/** How long a button says that its text is copied. */
const COPIED_MS = 2000;

interface CopyState {
  readonly copied: boolean;
  /** Null where the browser lets no page write to the clipboard: over plain HTTP, but to this machine. */
  readonly copy: (() => void) | null;
}

/** Copies a text for a button; `sentence` tells screen readers that it is done. */
export function useCopy(text: string, sentence: string): CopyState {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
      // The same sentence is read again only after another one.
      if (announcement.peek() === sentence) announce("");
    }, COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const confirm = () => {
    setCopied(true);
    announce(sentence);
  };
  // What the browser does not copy can still be selected.
  const copy = () => void navigator.clipboard.writeText(text).then(confirm, () => undefined);
  return { copied, copy: navigator.clipboard ? copy : null };
}
