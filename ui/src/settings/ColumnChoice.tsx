import { useState } from "preact/hooks";
import { importStrings } from "../strings/imports";

interface ColumnChoiceProps {
  /** The names of the columns as the file has them. */
  readonly names: readonly string[];
  /** The meaning of each column; empty for one that is left out. */
  readonly choose: (columns: readonly string[]) => void;
  readonly cancel: () => void;
}

/** Asks what each column of a table is. */
export function ColumnChoice({ names, choose, cancel }: ColumnChoiceProps) {
  const [meanings, setMeanings] = useState<readonly string[]>(names.map(() => ""));
  const [checked, setChecked] = useState(false);
  const isMissing = !meanings.includes("title");
  const submit = (event: Event) => {
    event.preventDefault();
    setChecked(true);
    if (!isMissing) choose(meanings);
  };
  return (
    <form class="preview" noValidate onSubmit={submit}>
      <p>{importStrings.columns}</p>
      {names.map((name, at) => (
        <div key={at} class="choice column">
          <label for={`column-${at}`}>{name || String(at + 1)}</label>
          <select
            id={`column-${at}`}
            value={meanings[at]}
            onChange={({ currentTarget: { value } }) => setMeanings(meanings.with(at, value))}
          >
            {Object.entries(importStrings.meanings).map(([meaning, label]) => (
              <option
                key={meaning}
                value={meaning}
                disabled={meaning !== "" && meanings[at] !== meaning && meanings.includes(meaning)}
              >
                {label}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div role="alert">{checked && isMissing && <p class="note fault">{importStrings.titleNeeded}</p>}</div>
      <div class="buttons">
        <button type="submit" class="primary">
          {importStrings.readColumns}
        </button>
        <button type="button" class="quiet" onClick={cancel}>
          {importStrings.cancel}
        </button>
      </div>
    </form>
  );
}
