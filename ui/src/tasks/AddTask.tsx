import { Plus } from "lucide";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { drafts } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { type Fault, fault, MAX_NOTES, MAX_TITLE } from "./list";
import { change } from "./store";

export const NEW_TASK_ID = "new-task";

/** The first line of the page: what is written here is a task on Enter. */
export function AddTask() {
  const [wrong, setWrong] = useState<Fault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = drafts.newTask.value;

  const add = (event: Event) => {
    event.preventDefault();
    const found = fault(text);
    setWrong(found);
    input.current?.focus();
    if (found !== null) return;
    drafts.newTask.value = "";
    void change({ kind: "add", title: text.trim() });
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
        autocomplete="off"
        enterkeyhint="done"
        placeholder={taskStrings.newTaskPlaceholder}
        value={text}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? "new-task-note" : undefined}
        onInput={(event) => {
          drafts.newTask.value = event.currentTarget.value;
          if (wrong !== null && fault(event.currentTarget.value) === null) setWrong(null);
        }}
      />
      <button type="submit" class={text.trim() === "" ? "plain" : "primary"}>
        {taskStrings.add}
      </button>
      {wrong && (
        <p id="new-task-note" class="note fault" role="alert">
          {faultText(wrong)}
        </p>
      )}
    </form>
  );
}

export function faultText(wrong: Fault): string {
  if (wrong === "missing") return taskStrings.titleMissing;
  return wrong === "long" ? taskStrings.titleLong(MAX_TITLE) : taskStrings.notesLong(MAX_NOTES);
}
