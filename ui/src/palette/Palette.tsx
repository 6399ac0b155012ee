import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { showSheet } from "../components/showSheet";
import { appStrings } from "../strings/firstPage";
import { paletteStrings } from "../strings/palette";
import { taskRows } from "../tasks/store";
import { findChoices, type PaletteChoice } from "./choices";
import "../styles/dialog.css";
import "../styles/palette.css";

const LIST_ID = "palette-choices";
const optionId = (at: number) => `palette-${at}`;

interface PaletteProps {
  readonly task: number | null;
  readonly begun: string;
  readonly onClose: () => void;
}

/** `begun`: what was typed before it was there. With Enter behind it, its first choice is run at once. */
export function showPalette(task: number | null, begun: string, isEntered: boolean): void {
  const entered = isEntered ? findChoices(begun, task)[0] : undefined;
  if (entered) entered.run();
  else showSheet((remove) => <Palette task={task} begun={begun} onClose={remove} />);
}

/** One field for everything: the choices below it are narrowed while one types, and the arrows go through them. */
function Palette({ task, begun, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(begun);
  const [at, setAt] = useState(0);
  // The menu can be open before the list is there.
  const rows = taskRows.value;
  const choices = useMemo(() => findChoices(typed, task), [typed, task, rows]);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useLayoutEffect(() => document.getElementById(optionId(at))?.scrollIntoView({ block: "nearest" }), [at]);
  const close = () => dialog.current?.close();
  const choose = (choice: PaletteChoice | undefined) => {
    if (!choice) return;
    // The focus returns to the page first, so that the act can move it.
    close();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter") choose(choices[at]);
    else if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, choices.length));
    else if (event.key === "ArrowUp") setAt((at + choices.length - 1) % Math.max(1, choices.length));
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside it closes it, as Escape does
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label={appStrings.palette}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <input
        type="text"
        role="combobox"
        dir="auto"
        autocomplete="off"
        aria-label={appStrings.palette}
        aria-expanded="true"
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={choices.length > 0 ? optionId(at) : undefined}
        placeholder={paletteStrings.placeholder}
        value={typed}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p class={choices.length > 0 ? "visually-hidden" : ""} role="status">
        {choices.length > 0 ? paletteStrings.found(choices.length) : paletteStrings.none}
      </p>
      <div id={LIST_ID} role="listbox" aria-label={paletteStrings.choices}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
          <div
            key={optionId(index)}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(choice)}
          >
            <Icon of={choice.icon} />
            <span class="choice-name">{choice.label}</span>
            {choice.key ? <kbd>{choice.key}</kbd> : <small>{choice.hint}</small>}
          </div>
        ))}
      </div>
    </dialog>
  );
}
