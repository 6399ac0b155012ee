import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { drafts, type Editing } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { faultText } from "./AddTask";
import { type Fault, fault, sameWords, type Words } from "./list";
import { change } from "./store";

interface Props {
  readonly draft: Editing;
  readonly leave: () => void;
}

/** Title and notes of one task, in the place of its line. Enter saves, Escape leaves. */
export function TaskEditor({ draft, leave }: Props) {
  const { id, before, overtaken } = draft;
  const [wrong, setWrong] = useState<Fault | null>(null);
  const form = useRef<HTMLFormElement>(null);

  // At once: what is typed next belongs here, and is no shortcut.
  useLayoutEffect(() => {
    const title = form.current?.querySelector("input");
    title?.focus();
    title?.select();
  }, []);

  const save = (event: Event) => {
    event.preventDefault();
    const found = fault(draft.title, draft.notes);
    setWrong(found);
    if (found !== null)
      return form.current?.querySelector<HTMLElement>(found === "notes" ? "textarea" : "input")?.focus();
    const to: Words = { title: draft.title.trim(), description: draft.notes.trim() || null };
    leave();
    if (!sameWords(to, before)) void change({ kind: "edit", id, title: before.title, from: before, to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
  };

  return (
    <form ref={form} class="editor" noValidate onSubmit={save} onKeyDown={onKeyDown}>
      {overtaken && <Meanwhile words={before} />}
      <input
        type="text"
        autocomplete="off"
        aria-label={taskStrings.renameField(before.title)}
        aria-invalid={wrong !== null && wrong !== "notes"}
        aria-describedby={wrong ? "edit-note" : undefined}
        value={draft.title}
        onInput={(event) => {
          drafts.editing.value = { ...draft, title: event.currentTarget.value };
        }}
      />
      <textarea
        rows={2}
        aria-label={taskStrings.notes}
        placeholder={taskStrings.notesPlaceholder}
        aria-invalid={wrong === "notes"}
        aria-describedby={wrong ? "edit-note" : undefined}
        value={draft.notes}
        onInput={(event) => {
          drafts.editing.value = { ...draft, notes: event.currentTarget.value };
        }}
      />
      {wrong && (
        <p id="edit-note" class="note fault" role="alert">
          {faultText(wrong)}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary">
          {overtaken ? taskStrings.saveMine : taskStrings.save}
        </button>
        <button type="button" class="quiet" onClick={leave}>
          {overtaken ? taskStrings.keepTheirs : taskStrings.cancel}
        </button>
      </div>
    </form>
  );
}

/** What somebody else has written while this was typed. */
function Meanwhile({ words }: { words: Words }) {
  return (
    <div class="told meanwhile" role="alert">
      <p>{taskStrings.meanwhile}</p>
      <p class="theirs" dir="auto">
        {words.title}
      </p>
      {words.description && (
        <p class="notes" dir="auto">
          {words.description}
        </p>
      )}
    </div>
  );
}
