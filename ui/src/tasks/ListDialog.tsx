import { X } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import {
  addList,
  changeList,
  deleteList,
  type ListColor,
  type ListColorChoice,
  listColors,
  type NamedList,
} from "../api/lists";
import { toApiError } from "../api/problem";
import { Icon } from "../components/Icon";
import { showSheet } from "../components/showSheet";
import { HOME, navigate } from "../router";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { listStrings } from "../strings/lists";
import { formatFilter } from "./filter";
import { refreshLists } from "./lists";
import { recordAct } from "./store";
import { list as listOwner } from "./taskState";
import "../styles/dialog.css";
import "../styles/listDialog.css";

const NAME_ID = "list-name";
const MAX_NAME = 60;

export function showListDialog(list: NamedList | null): void {
  showSheet((remove) => <ListDialog list={list} onClose={remove} />);
}

/** Makes a list, or changes one: its name, its colour, whether it is archived; deletes it. */
function ListDialog({ list, onClose }: { list: NamedList | null; onClose: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState(list?.name ?? "");
  const [color, setColor] = useState<ListColorChoice>(list?.color ?? null);
  const [failure, setFailure] = useState<string | null>(null);
  useLayoutEffect(() => sheet.current?.showModal(), []);
  const user = listOwner.user ?? "";
  const close = () => sheet.current?.close();
  /** Sends a change and, when the server has taken it, says so or shows the list of this name. */
  const attempt = async (change: () => Promise<number[]>, shown: string | null, told = "") => {
    try {
      const changes = await change();
      const undo = changes.length > 0 ? recordAct(list?.name ?? name, changes) : null;
      if (told !== "" && undo) notify({ kind: "done", text: told, action: { label: appStrings.undo, run: undo } });
    } catch (cause) {
      return setFailure(toApiError(cause).sentence);
    }
    await refreshLists();
    close();
    if (shown !== list?.name)
      navigate(HOME + (shown === null ? "" : formatFilter({ status: "all", words: "", list: shown })));
  };
  const save = (event: Event) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === "") return setFailure(listStrings.nameMissing);
    const change = () => (list ? changeList(user, list.id, { name: wanted, color }) : addList(user, wanted, color));
    void attempt(change, wanted);
  };
  const remove = (known: NamedList, tasks: "move" | "delete") =>
    attempt(() => deleteList(user, known.id, tasks), null, listStrings.deleted(known.name));
  return (
    <dialog ref={sheet} class="dialog list-dialog" aria-labelledby="list-dialog-name" onClose={onClose}>
      <div class="dialog-top">
        <h2 id="list-dialog-name">{list ? listStrings.edit : listStrings.add}</h2>
        <button type="button" class="icon-button" aria-label={appStrings.close} onClick={close}>
          <Icon of={X} />
        </button>
      </div>
      <form noValidate onSubmit={save}>
        <div class="field">
          <label for={NAME_ID}>{listStrings.name}</label>
          <input
            id={NAME_ID}
            type="text"
            dir="auto"
            autocomplete="off"
            maxLength={MAX_NAME}
            value={name}
            aria-invalid={failure !== null}
            aria-describedby={failure ? "list-name-note" : undefined}
            onInput={({ currentTarget: { value } }) => {
              setFailure(null);
              setName(value);
            }}
          />
          {failure && (
            <p id="list-name-note" class="note fault" role="alert">
              {failure}
            </p>
          )}
        </div>
        <ColorChoice chosen={color} choose={setColor} />
        <button type="submit" class="primary wide">
          {list ? listStrings.save : listStrings.make}
        </button>
      </form>
      {list && (
        <div class="list-end">
          <button
            type="button"
            class="plain"
            onClick={() =>
              void attempt(() => changeList(user, list.id, { archived: true }), null, listStrings.archived(list.name))
            }
          >
            {listStrings.archive}
          </button>
          <button type="button" class="plain danger" onClick={() => void remove(list, "move")}>
            {listStrings.deleteKeeping}
          </button>
          <button type="button" class="plain danger" onClick={() => void remove(list, "delete")}>
            {listStrings.deleteAll}
          </button>
        </div>
      )}
    </dialog>
  );
}

interface ColorChoiceProps {
  readonly chosen: ListColorChoice;
  readonly choose: (color: ListColorChoice) => void;
}

/** Each colour with its name: nobody has to tell them apart by sight. */
function ColorChoice({ chosen, choose }: ColorChoiceProps) {
  const choices: readonly ListColorChoice[] = [null, ...listColors];
  const nameOf = (color: ListColor | null) => (color === null ? listStrings.noColor : listStrings.colors[color]);
  return (
    <fieldset class="colors">
      <legend>{listStrings.color}</legend>
      {choices.map((color) => (
        <label key={nameOf(color)} class={color === null ? "" : `color-${color}`}>
          <input type="radio" name="list-color" checked={chosen === color} onChange={() => choose(color)} />
          {nameOf(color)}
        </label>
      ))}
    </fieldset>
  );
}
