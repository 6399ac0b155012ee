import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TaskText } from "../api/schema";
import { selectDrawn } from "../browser/focus";
import { drafts, type TaskDraft, textOfDraft } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { faultText } from "./faultText";
import { sameText, type TaskFault, taskFault } from "./list";
import { changeTask } from "./store";
import { TaskDetailFields } from "./TaskDetailFields";
import { TaskTextBlock } from "./TaskTextBlock";

interface TaskEditorProps {
  readonly draft: TaskDraft;
  readonly leave: () => void;
}

/** Edits title and notes of one task in place of its row. Enter saves, Escape cancels. */
export function TaskEditor({ draft, leave }: TaskEditorProps) {
  const { id, before, conflict } = draft;
  const [fault, setFault] = useState<TaskFault | null>(null);
  const note = `edit-note-${id}`;
  const form = useRef<HTMLFormElement>(null);

  // Before the next key press, which belongs here and is no shortcut.
  useLayoutEffect(() => selectDrawn(form.current?.querySelector("input")), []);

  const save = (event: Event) => {
    event.preventDefault();
    const found = taskFault(draft.title, draft.notes);
    setFault(found);
    if (found !== null)
      return form.current?.querySelector<HTMLElement>(found === "notes" ? "textarea" : "input")?.focus();
    // A field whose words are not understood says so itself.
    const wrong = form.current?.querySelector<HTMLElement>("input:invalid");
    if (wrong) return wrong.focus();
    const to = textOfDraft(draft);
    leave();
    if (!sameText(to, before)) void changeTask({ kind: "edit", id, title: before.title, from: before, to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
  };

  return (
    <form ref={form} class="editor" noValidate onSubmit={save} onKeyDown={onKeyDown}>
      {conflict && <CurrentText text={before} />}
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        aria-label={taskStrings.renameField(before.title)}
        aria-invalid={fault !== null && fault !== "notes"}
        aria-describedby={fault ? note : undefined}
        value={draft.title}
        onInput={(event) => {
          setFault(null);
          drafts.setEdit({ ...draft, title: event.currentTarget.value });
        }}
      />
      <textarea
        rows={2}
        dir="auto"
        aria-label={taskStrings.notes}
        placeholder={taskStrings.notesPlaceholder}
        aria-invalid={fault === "notes"}
        aria-describedby={fault ? note : undefined}
        value={draft.notes}
        onInput={(event) => {
          setFault(null);
          drafts.setEdit({ ...draft, notes: event.currentTarget.value });
        }}
      />
      <TaskDetailFields draft={draft} />
      {fault && (
        <p id={note} class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary">
          {conflict ? taskStrings.saveMine : taskStrings.save}
        </button>
        <button type="button" class="quiet" onClick={leave}>
          {conflict ? taskStrings.keepTheirs : taskStrings.cancel}
        </button>
      </div>
    </form>
  );
}

/** The text that the task was given elsewhere during this edit. */
function CurrentText({ text }: { text: TaskText }) {
  return (
    <div class="callout meanwhile" role="alert">
      <p>{taskStrings.meanwhile}</p>
      <TaskTextBlock {...text} />
    </div>
  );
}
