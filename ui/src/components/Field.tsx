import { Eye, EyeOff } from "lucide";
import { useState } from "preact/hooks";
import { authStrings } from "../strings/firstPage";
import { Icon } from "./Icon";

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autocomplete: "name" | "username" | "email" | "new-password" | "current-password" | "one-time-code" | "off";
  readonly inputMode?: "numeric";
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly fault: string | null;
  readonly hint?: string;
}

/** A labelled input whose fault or hint is announced with it; a password can be shown. */
export function Field({ id, label, type, autocomplete, inputMode, value, onValue, fault, hint }: FieldProps) {
  const [visible, setVisible] = useState(false);
  const note = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          id={id}
          name={id}
          // The JSX types distinguish inputs by type; here it is one of three at run time.
          type={(visible ? "text" : type) as "text"}
          dir={type === "text" ? "auto" : undefined}
          autocomplete={autocomplete}
          inputMode={inputMode}
          autocapitalize={autocomplete === "name" ? "words" : "none"}
          spellcheck={false}
          required
          value={value}
          aria-invalid={fault !== null}
          aria-describedby={note ? `${id}-note` : undefined}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {type === "password" && (
          <button
            type="button"
            class="icon-button"
            aria-label={authStrings.fields.showPassword}
            aria-pressed={visible}
            onClick={() => setVisible(!visible)}
          >
            <Icon of={visible ? EyeOff : Eye} />
          </button>
        )}
      </div>
      {note && (
        <p id={`${id}-note`} class={fault ? "note fault" : "note"}>
          {note}
        </p>
      )}
    </div>
  );
}
