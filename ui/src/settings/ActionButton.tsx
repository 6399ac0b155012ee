import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { notify } from "../state/notices";

interface ActionButtonProps {
  readonly class?: string;
  readonly label?: string;
  /** The notice on success; null for none. */
  readonly done: string | null;
  /** Returns null on success, otherwise the message for the user. */
  readonly act: () => Promise<string | null>;
  readonly children: ComponentChildren;
}

/** A button that runs an action on the server and reports its outcome in a notice. */
export function ActionButton({ class: name = "quiet", label, done, act, children }: ActionButtonProps) {
  const [busy, setBusy] = useState(false);
  const click = async () => {
    if (busy) return;
    setBusy(true);
    const failure = await act();
    setBusy(false);
    if (failure !== null) notify({ kind: "failure", text: failure });
    else if (done !== null) notify({ kind: "done", text: done });
  };
  return (
    <button type="button" class={name} aria-label={label} aria-busy={busy} onClick={click}>
      {children}
    </button>
  );
}
