import { useComputed } from "@preact/signals";
import { CalendarClock, Ellipsis, Trash } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { assistantView } from "../state/assistant";
import { drafts } from "../state/drafts";
import { scheduledTask } from "../state/scheduledTask";
import { taskStrings } from "../strings/firstPage";
import { NEW_TASK_ID } from "./AddTask";
import { completeTask, deleteTask, editTask } from "./commands";
import type { ListRow } from "./list";
import { selection, selectTo, toggleSelected } from "./selection";
import { TaskChips } from "./TaskChips";
import { TaskEditor } from "./TaskEditor";
import { TaskNotes } from "./TaskNotes";

/** A task that the server knows. */
export interface NumberedRow extends ListRow {
  readonly id: number;
}

/** One task: only its box completes it, its title opens it, what else can be done appears when it is pointed at. */
export function TaskRow({ row, shownIds }: { row: NumberedRow; shownIds: () => readonly number[] }) {
  const title = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const leaving = useRef(false);
  const [open, setOpen] = useState(false);
  const { id } = row;
  const draft = useComputed(() => drafts.editOf(id)).value;
  const selected = useComputed(() => selection.value.has(id)).value;
  const numbered = useComputed(() => assistantView.value !== null).value;
  const editing = draft !== undefined;
  // After the edit the focus returns to the title that opened it.
  useLayoutEffect(() => {
    if (!editing && leaving.current) title.current?.focus();
    leaving.current = false;
  }, [editing]);
  if (editing) {
    const leaveEditor = () => {
      leaving.current = true;
      drafts.endEdit(id);
    };
    return (
      <li ref={item} class="row editing" data-task={id}>
        <TaskEditor draft={draft} leave={leaveEditor} />
      </li>
    );
  }
  const openOrSelect = (event: MouseEvent) => {
    if (event.shiftKey) selectTo(id, shownIds());
    else if (event.ctrlKey || event.metaKey || selection.peek().size > 0) toggleSelected(id);
    else editTask(id);
  };
  const classes = ["row", row.completed && "completed", selected && "selected", numbered && "numbered", open && "open"];
  return (
    <li ref={item} class={classes.filter(Boolean).join(" ")} data-task={id}>
      <label class="box">
        <input
          type="checkbox"
          aria-label={row.title}
          aria-describedby={row.description ? `notes-${id}` : undefined}
          checked={row.completed}
          onChange={(event) => completeTask(id, event.currentTarget.checked)}
        />
      </label>
      <div class="words" dir="auto">
        <button
          ref={title}
          type="button"
          class="title"
          aria-label={taskStrings.rename(row.title)}
          aria-pressed={selected ? true : undefined}
          onClick={openOrSelect}
        >
          {row.title}
        </button>
        <TaskChips row={row} />
        {row.description && <TaskNotes id={`notes-${id}`} text={row.description} />}
      </div>
      <span class="number">{taskStrings.number(id)}</span>
      <button
        type="button"
        class="icon-button more"
        aria-label={taskStrings.more(row.title)}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon of={Ellipsis} />
      </button>
      <div class="actions">
        {!row.completed && (
          <button
            type="button"
            class="icon-button"
            aria-label={taskStrings.reschedule(row.title)}
            title={taskStrings.rescheduleShort}
            aria-haspopup="dialog"
            onClick={() => {
              scheduledTask.value = id;
            }}
          >
            <Icon of={CalendarClock} />
          </button>
        )}
        <button
          type="button"
          class="plain select"
          aria-label={taskStrings.select(row.title, selected)}
          onClick={() => toggleSelected(id)}
        >
          {taskStrings.selectShort(selected)}
        </button>
        <button
          type="button"
          class="icon-button danger"
          aria-label={taskStrings.delete(row.title)}
          title={taskStrings.deleteShort}
          onClick={() => {
            focusNeighbour(item.current);
            deleteTask(id);
          }}
        >
          <Icon of={Trash} />
        </button>
      </div>
    </li>
  );
}

/** The row disappears, so the focus moves to the next one. */
function focusNeighbour(item: HTMLLIElement | null): void {
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>(".box input") ?? document.getElementById(NEW_TASK_ID);
  target?.focus();
}
