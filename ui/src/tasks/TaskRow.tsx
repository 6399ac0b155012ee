import { Pencil, Trash } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { drafts } from "../state/drafts";
import { appStrings, taskStrings } from "../strings/firstPage";
import { NEW_TASK_ID } from "./AddTask";
import type { ListRow } from "./list";
import { changeTask, discardRow, retryRow } from "./store";
import { TaskEditor } from "./TaskEditor";

export function TaskRow({ row }: { row: ListRow }) {
  const pencil = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const leaving = useRef(false);
  const { id } = row;
  const draft = drafts.editOf(id);
  const editing = draft !== undefined;
  // After the edit the focus returns to the button that opened it.
  useLayoutEffect(() => {
    if (!editing && leaving.current) pencil.current?.focus();
    leaving.current = false;
  }, [editing]);
  if (id === null) return <UnsavedRow row={row} />;

  const leaveEditor = () => {
    leaving.current = true;
    drafts.endEdit(id);
  };
  return (
    <li ref={item} class={editing ? "row editing" : "row"} data-row>
      <span class="number">{taskStrings.number(id)}</span>
      {editing ? (
        <TaskEditor draft={draft} leave={leaveEditor} />
      ) : (
        <>
          <Check row={row} id={id} />
          <button
            ref={pencil}
            type="button"
            class="icon-button"
            aria-label={taskStrings.rename(row.title)}
            data-edit
            onClick={() => {
              drafts.startEdit(id, row);
            }}
          >
            <Icon of={Pencil} />
          </button>
          <button
            type="button"
            class="icon-button danger"
            aria-label={taskStrings.delete(row.title)}
            data-delete
            onClick={() => {
              focusNeighbour(item.current);
              void changeTask({ kind: "delete", id, title: row.title });
            }}
          >
            <Icon of={Trash} />
          </button>
        </>
      )}
    </li>
  );
}

function Check({ row, id }: { row: ListRow; id: number }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={row.completed}
        aria-describedby={row.description ? `notes-${id}` : undefined}
        onChange={(event) =>
          void changeTask({ kind: "complete", id, title: row.title, completed: event.currentTarget.checked })
        }
      />
      <span class="words" dir="auto">
        <span class="title">{row.title}</span>
        {row.description && (
          <span id={`notes-${id}`} class="notes" aria-hidden="true">
            {row.description}
          </span>
        )}
      </span>
    </label>
  );
}

function UnsavedRow({ row }: { row: ListRow }) {
  return (
    <li class="row unsaved">
      <span class="number">…</span>
      <label class="check">
        <input type="checkbox" checked={false} disabled />
        <span class="words" dir="auto">
          <span class="title">{row.title}</span>
        </span>
      </label>
      {row.failure === undefined ? (
        <span class="saving">{taskStrings.saving}</span>
      ) : (
        <span class="not-saved">
          <span class="reason">
            {taskStrings.notSaved}: {row.failure}
          </span>
          <button type="button" class="plain" onClick={() => retryRow(row.key)}>
            {appStrings.retry}
          </button>
          <button type="button" class="plain" onClick={() => discardRow(row.key)}>
            {taskStrings.discard}
          </button>
        </span>
      )}
    </li>
  );
}

/** The row disappears, so the focus moves to the next one. */
function focusNeighbour(item: HTMLLIElement | null): void {
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>("[data-delete]") ?? document.getElementById(NEW_TASK_ID);
  target?.focus();
}
