interface Props {
  readonly id: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autocomplete: "name" | "username" | "new-password" | "current-password";
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly fault: string | null;
  readonly hint?: string;
}

/** A labelled input whose fault and hint are read out with it. */
export function Field({ id, label, type, autocomplete, value, onValue, fault, hint }: Props) {
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={id}
        // The typings tell inputs of different types apart; here it is one of three at run time.
        type={type as "text"}
        autocomplete={autocomplete}
        autocapitalize={type === "text" ? "words" : "none"}
        spellcheck={false}
        required
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={note ? `${id}-note` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {note && (
        <p id={`${id}-note`} class={fault ? "note fault" : "note"}>
          {note}
        </p>
      )}
    </div>
  );
}
