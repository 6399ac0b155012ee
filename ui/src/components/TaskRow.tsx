import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { drafts } from "../drafts";
import { strings } from "../strings";
import { type Row, type TitleFault, titleFault } from "../tasks/list";
import { change } from "../tasks/store";
import { faultText, NEW_TASK_ID } from "./AddTask";
import { Icon } from "./Icon";

export function TaskRow({ row }: { row: Row }) {
  const pencil = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const left = useRef(false);
  const { id } = row;
  const editing = id !== null && drafts.renaming.value?.id === id;
  // Whoever leaves the editor goes on at the button that opened it.
  useLayoutEffect(() => {
    if (!editing && left.current) pencil.current?.focus();
    left.current = false;
  }, [editing]);
  if (id === null) return <UnsavedRow row={row} />;

  const leaveEditor = () => {
    left.current = true;
    drafts.renaming.value = null;
  };
  return (
    <li ref={item} class={editing ? "row editing" : "row"}>
      {editing ? (
        <Editor id={id} title={row.title} leave={leaveEditor} />
      ) : (
        <>
          <Check row={row} id={id} />
          <span class="number">{strings.tasks.number(id)}</span>
          <button
            ref={pencil}
            type="button"
            class="icon-button"
            aria-label={strings.tasks.rename(row.title)}
            onClick={() => {
              drafts.renaming.value = { id, title: row.title };
            }}
          >
            <Icon name="pencil" />
          </button>
          <button
            type="button"
            class="icon-button danger"
            aria-label={strings.tasks.delete(row.title)}
            data-delete
            onClick={() => {
              focusNeighbour(item.current);
              void change({ kind: "delete", id, title: row.title });
            }}
          >
            <Icon name="bin" />
          </button>
        </>
      )}
    </li>
  );
}

function Check({ row, id }: { row: Row; id: number }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={row.completed}
        onChange={(event) =>
          void change({ kind: "complete", id, title: row.title, completed: event.currentTarget.checked })
        }
      />
      <span class="title" dir="auto">
        {row.title}
      </span>
    </label>
  );
}

function UnsavedRow({ row }: { row: Row }) {
  return (
    <li class="row unsaved">
      <label class="check">
        <input type="checkbox" checked={false} disabled />
        <span class="title" dir="auto">
          {row.title}
        </span>
      </label>
      <span class="number">{strings.tasks.saving}</span>
    </li>
  );
}

interface EditorProps {
  readonly id: number;
  readonly title: string;
  readonly leave: () => void;
}

function Editor({ id, title, leave }: EditorProps) {
  const [fault, setFault] = useState<TitleFault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = drafts.renaming.value?.title ?? title;

  useEffect(() => input.current?.select(), []);

  const save = (event: Event) => {
    event.preventDefault();
    const found = titleFault(text);
    setFault(found);
    if (found !== null) return input.current?.focus();
    leave();
    if (text.trim() !== title) void change({ kind: "rename", id, title, to: text.trim() });
  };

  return (
    <form class="editor" noValidate onSubmit={save}>
      <input
        ref={input}
        type="text"
        autocomplete="off"
        aria-label={strings.tasks.renameField(title)}
        aria-invalid={fault !== null}
        aria-describedby={fault ? "rename-note" : undefined}
        value={text}
        onInput={(event) => {
          drafts.renaming.value = { id, title: event.currentTarget.value };
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
        }}
      />
      <button type="submit" class="primary">
        {strings.tasks.save}
      </button>
      <button type="button" class="quiet" onClick={leave}>
        {strings.tasks.cancel}
      </button>
      {fault && (
        <p id="rename-note" class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </form>
  );
}

/** The row goes; whoever works by keyboard goes on with the next one. */
function focusNeighbour(item: HTMLLIElement | null): void {
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>("[data-delete]") ?? document.getElementById(NEW_TASK_ID);
  target?.focus();
}
