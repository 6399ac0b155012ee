import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ActionButton } from "./ActionButton";

interface ConfirmButtonProps {
  readonly label: string;
  /** The button's name, where its label alone does not say what it is about. */
  readonly name?: string;
  readonly question: string;
  readonly sure: string;
  readonly keep: string;
  readonly done: string | null;
  /** Returns null on success, otherwise the message for the user. */
  readonly act: () => Promise<string | null>;
}

/** A button for what cannot be taken back: it asks in its own place first. */
export function ConfirmButton({ label, name, question, sure, keep, done, act }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  const id = useId();
  useLayoutEffect(() => {
    if (asking) group.current?.querySelector("button")?.focus();
    else if (asked.current) opener.current?.focus();
    asked.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <button ref={opener} type="button" class="quiet" aria-label={name} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  return (
    <fieldset ref={group} class="callout confirm" aria-labelledby={id}>
      <p id={id}>{question}</p>
      <div class="buttons">
        <button type="button" class="quiet" onClick={() => setAsking(false)}>
          {keep}
        </button>
        <ActionButton
          class="quiet danger"
          done={done}
          act={async () => {
            const failure = await act();
            setAsking(false);
            return failure;
          }}
        >
          {sure}
        </ActionButton>
      </div>
    </fieldset>
  );
}
