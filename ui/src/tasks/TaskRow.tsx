import { useComputed } from "@preact/signals";
import { Ellipsis, GripVertical } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { assistantView } from "../state/assistant";
import { drafts } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { NEW_TASK_ID } from "./AddTask";
import { completeTask, deleteTask, editTask } from "./commands";
import type { NumberedRow } from "./list";
import { canMove } from "./moves";
import { openRow } from "./openRow";
import { Steps } from "./Steps";
import { selection, selectTo, toggleSelected } from "./selection";
import { addingStepTo, showsSteps, stepsOf } from "./steps";
import { TaskActions } from "./TaskActions";
import { TaskChips } from "./TaskChips";
import { TaskEditor } from "./TaskEditor";
import { TaskNotes } from "./TaskNotes";

interface TaskRowProps {
  readonly row: NumberedRow;
  readonly shownIds: () => readonly number[];
  /** Whether it stands below the task that it is a step of. */
  readonly nested?: boolean;
}

/** One task: only its box completes it, its title opens it, what else can be done appears when it is pointed at. */
export function TaskRow({ row, shownIds, nested = false }: TaskRowProps) {
  const title = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const leaving = useRef(false);
  const { id, completed } = row;
  const open = useComputed(() => openRow.value === id).value;
  const draft = useComputed(() => drafts.editOf(id)).value;
  const selected = useComputed(() => selection.value.has(id)).value;
  const numbered = useComputed(() => assistantView.value !== null).value;
  const movable = canMove.value;
  const steps = useComputed(() => stepsOf(id)).value;
  const unfolded = useComputed(
    () => addingStepTo.value === id || (stepsOf(id).length > 0 && showsSteps(id, completed)),
  ).value;
  const editing = draft !== undefined;
  // After the edit the focus returns to the title that opened it.
  useLayoutEffect(() => {
    if (!editing && leaving.current) title.current?.focus();
    leaving.current = false;
  }, [editing]);
  const openOrSelect = (event: MouseEvent) => {
    if (event.shiftKey) selectTo(id, shownIds());
    else if (event.ctrlKey || event.metaKey || selection.peek().size > 0) toggleSelected(id);
    else editTask(id);
  };
  const remove = () => {
    focusNeighbour(item.current);
    deleteTask(id);
  };
  const leaveEditor = () => {
    leaving.current = true;
    drafts.endEdit(id);
  };
  const classes = ["row", completed && "completed", selected && "selected", numbered && "numbered", open && "open"];
  const below = unfolded && (
    <Steps task={row} rows={steps} draw={(step) => <TaskRow key={step.key} row={step} shownIds={shownIds} nested />} />
  );
  if (editing) {
    return (
      <li ref={item} class="row editing" data-task={id}>
        <TaskEditor draft={draft} leave={leaveEditor} />
        {below}
      </li>
    );
  }
  return (
    <li ref={item} class={classes.filter(Boolean).join(" ")} data-task={id}>
      {movable && (
        <span class="grip" aria-hidden="true">
          <Icon of={GripVertical} />
        </span>
      )}
      <label class="box">
        <input
          type="checkbox"
          aria-label={row.title}
          aria-describedby={row.description ? `notes-${id}` : undefined}
          checked={completed}
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
          {row.title.replace(/https?:\/\/(?:www\.)?/g, "")}
        </button>
        <TaskChips row={row} steps={steps} unfolded={unfolded} nested={nested} />
        {row.description && <TaskNotes id={`notes-${id}`} text={row.description} />}
      </div>
      <span class="number">{taskStrings.number(id)}</span>
      <button
        type="button"
        class="icon-button more"
        aria-label={taskStrings.more(row.title)}
        aria-expanded={open}
        onClick={() => {
          openRow.value = open ? null : id;
        }}
      >
        <Icon of={Ellipsis} />
      </button>
      <TaskActions row={row} selected={selected} movable={movable} remove={remove} />
      {below}
    </li>
  );
}

/** The row disappears, so the focus moves to the next one. */
function focusNeighbour(item: HTMLLIElement | null): void {
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>(".box input") ?? document.getElementById(NEW_TASK_ID);
  target?.focus();
}
