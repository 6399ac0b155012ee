import { useRef, useState } from "preact/hooks";
import { drafts } from "../drafts";
import { strings } from "../strings";
import { MAX_TITLE, type TitleFault, titleFault } from "../tasks/list";
import { change } from "../tasks/store";
import { Icon } from "./Icon";

export const NEW_TASK_ID = "new-task";

export function AddTask() {
  const [fault, setFault] = useState<TitleFault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = drafts.newTask.value;

  const add = (event: Event) => {
    event.preventDefault();
    const found = titleFault(text);
    setFault(found);
    input.current?.focus();
    if (found !== null) return;
    drafts.newTask.value = "";
    void change({ kind: "add", title: text.trim() });
  };

  return (
    <form class="add" noValidate onSubmit={add}>
      <label class="visually-hidden" for={NEW_TASK_ID}>
        {strings.tasks.newTask}
      </label>
      <input
        ref={input}
        id={NEW_TASK_ID}
        type="text"
        autocomplete="off"
        enterkeyhint="done"
        placeholder={strings.tasks.newTaskPlaceholder}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={fault ? "new-task-note" : undefined}
        onInput={(event) => {
          drafts.newTask.value = event.currentTarget.value;
          if (fault !== null && titleFault(event.currentTarget.value) === null) setFault(null);
        }}
      />
      <button type="submit" class="primary">
        <Icon name="plus" />
        {strings.tasks.add}
      </button>
      {fault && (
        <p id="new-task-note" class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </form>
  );
}

export function faultText(fault: TitleFault): string {
  return fault === "missing" ? strings.tasks.titleMissing : strings.tasks.titleLong(MAX_TITLE);
}
