import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { notify } from "../state/notices";

interface Props {
  readonly class?: string;
  readonly label?: string;
  /** What to tell when it went well; null: nothing. */
  readonly done: string | null;
  /** Null when it went well; otherwise what to tell. */
  readonly act: () => Promise<string | null>;
  readonly children: ComponentChildren;
}

/** A button that does something on the server and tells how it went. */
export function ActionButton({ class: name = "quiet", label, done, act, children }: Props) {
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    const failure = await act();
    setBusy(false);
    if (failure !== null) notify({ kind: "failure", text: failure });
    else if (done !== null) notify({ kind: "done", text: done });
  };
  return (
    <button type="button" class={name} aria-label={label} aria-busy={busy} onClick={go}>
      {children}
    </button>
  );
}
