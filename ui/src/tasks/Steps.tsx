import { Plus } from "lucide";
import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { newIdempotencyKey } from "../api/request";
import { focusDrawn } from "../browser/focus";
import { Icon } from "../components/Icon";
import { drafts } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { faultText } from "./faultText";
import type { ListRow, NumberedRow } from "./list";
import { type TaskFault, taskFault } from "./list";
import { MAX_PASTED, pastedTitles } from "./pastedTitles";
import { addingStepTo, startAddingStep } from "./steps";
import { changeTasks } from "./store";
import { UnsavedRow } from "./UnsavedRow";

interface StepsProps {
  readonly task: NumberedRow;
  readonly rows: readonly ListRow[];
  readonly draw: (row: NumberedRow) => VNode;
}

/** The steps of a task, below it, and a line to add one. */
export function Steps({ task, rows, draw }: StepsProps) {
  const adding = addingStepTo.value === task.id;
  return (
    <div class="steps">
      {rows.length > 0 && (
        <ul aria-label={taskStrings.steps.list(task.title)}>
          {rows.map((row) => (row.id === null ? <UnsavedRow key={row.key} row={row} /> : draw({ ...row, id: row.id })))}
        </ul>
      )}
      {adding && <AddStep task={task} />}
      {!adding && rows.length > 0 && (
        <button type="button" class="plain add-step" onClick={() => startAddingStep(task.id)}>
          <Icon of={Plus} />
          {taskStrings.steps.add}
        </button>
      )}
    </div>
  );
}

/** Enter adds the step and waits for the next one; Escape, or leaving it empty, ends that. */
function AddStep({ task }: { task: NumberedRow }) {
  const [title, setTitle] = useState(drafts.steps.get(task.id) ?? "");
  const [fault, setFault] = useState<TaskFault | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => focusDrawn(field.current), []);
  const type = (text: string) => {
    setTitle(text);
    setFault(null);
    drafts.steps.set(task.id, text);
  };
  const end = () => {
    type("");
    addingStepTo.value = null;
    document.querySelector<HTMLElement>(`[data-task="${task.id}"] .box input`)?.focus();
  };
  const add = (event: Event) => {
    event.preventDefault();
    const found = taskFault(title);
    if (found === "missing") return end();
    setFault(found);
    if (found !== null) return;
    type("");
    addSteps(task, [title.trim()]);
  };
  /** Each pasted line is a step; all of them are undone together. */
  const paste = (event: ClipboardEvent) => {
    const titles = pastedTitles(event.clipboardData?.getData("text/plain") ?? "").slice(0, MAX_PASTED);
    if (title !== "" || titles.length < 2 || titles.some((line) => taskFault(line) !== null)) return;
    event.preventDefault();
    addSteps(task, titles);
  };
  const note = `step-note-${task.id}`;
  return (
    <form class="new-step" noValidate onSubmit={add}>
      <input
        ref={field}
        type="text"
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        aria-label={taskStrings.steps.newStep(task.title)}
        placeholder={taskStrings.steps.placeholder}
        aria-invalid={fault !== null}
        aria-describedby={fault ? note : undefined}
        value={title}
        onInput={({ currentTarget: { value } }) => type(value)}
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          event.stopPropagation();
          end();
        }}
        onBlur={() => {
          if (title.trim() === "") addingStepTo.value = null;
        }}
      />
      {fault && (
        <p id={note} class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </form>
  );
}

function addSteps({ id, list }: NumberedRow, titles: readonly string[]): void {
  const details = { parent: id, ...(list ? { list } : {}) };
  void changeTasks(titles.map((title) => ({ kind: "add", title, idempotencyKey: newIdempotencyKey(), details })));
}
