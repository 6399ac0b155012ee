import { Plus } from "lucide";
import { useRef, useState } from "preact/hooks";
import { newIdempotencyKey } from "../api/request";
import { Icon } from "../components/Icon";
import { drafts } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { MAX_NOTES, MAX_TITLE, type TaskFault, taskFault } from "./list";
import { changeTask } from "./store";

export const NEW_TASK_ID = "new-task";

/** The first line of the page: Enter adds its text as a task. */
export function AddTask() {
  const [fault, setFault] = useState<TaskFault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = drafts.newTask.value;

  const add = (event: Event) => {
    event.preventDefault();
    const found = taskFault(text);
    input.current?.focus();
    // An empty line is no mistake: perhaps a double click.
    setFault(found === "missing" ? null : found);
    if (found !== null) return;
    drafts.newTask.value = "";
    void changeTask({ kind: "add", title: text.trim(), idempotencyKey: newIdempotencyKey() });
  };

  return (
    <form class="add" noValidate onSubmit={add}>
      <span class="add-mark">
        <Icon of={Plus} />
      </span>
      <label class="visually-hidden" for={NEW_TASK_ID}>
        {taskStrings.newTask}
      </label>
      <input
        ref={input}
        id={NEW_TASK_ID}
        type="text"
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        placeholder={taskStrings.newTaskPlaceholder}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={fault ? "new-task-note" : undefined}
        onInput={(event) => {
          drafts.newTask.value = event.currentTarget.value;
          if (fault !== null && taskFault(event.currentTarget.value) === null) setFault(null);
        }}
      />
      <button type="submit" class={text.trim() === "" ? "plain" : "primary"}>
        {taskStrings.add}
      </button>
      {fault && (
        <p id="new-task-note" class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </form>
  );
}

export function faultText(fault: TaskFault): string {
  if (fault === "missing") return taskStrings.titleMissing;
  return fault === "long" ? taskStrings.titleLong(MAX_TITLE) : taskStrings.notesLong(MAX_NOTES);
}
