import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { focusBeginning } from "../browser/focus";

interface FormProps {
  readonly submitLabel: string;
  /** The ids of the fields with a fault. */
  readonly faults: () => readonly string[];
  /** Returns null on success, otherwise the message for the user. */
  readonly submit: () => Promise<ComponentChildren>;
  readonly onChecked: () => void;
  readonly focusFirst?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A form that checks its fields before it sends them, shows why sending failed, and never sends twice at once. */
export function Form({ submitLabel, faults, submit, onChecked, focusFirst = false, class: name, children }: FormProps) {
  const [failure, setFailure] = useState<ComponentChildren>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (focusFirst) focusBeginning(form.current?.querySelector("input"));
  }, []);

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    onChecked();
    setFailure(null);
    const wrong = faults()[0];
    if (wrong !== undefined) return form.current?.querySelector<HTMLInputElement>(`#${wrong}`)?.focus();
    setBusy(true);
    setFailure(await submit());
    setBusy(false);
  };

  return (
    <form ref={form} class={name} noValidate onSubmit={onSubmit}>
      {children}
      <div class="form-end">
        <div role="alert">{failure && <p class="callout failure">{failure}</p>}</div>
        <button type="submit" class="primary wide" aria-busy={busy}>
          {submitLabel}
        </button>
      </div>
    </form>
  );
}
