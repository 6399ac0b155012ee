import { Check, Trash, X } from "lucide";
import { useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { appStrings, taskStrings } from "../strings/firstPage";
import { moveSelectedToList, rescheduleSelected, tagSelected } from "./bulk";
import { completeSelected, deleteSelected } from "./commands";
import { dayAfter } from "./dueDate";
import { knownTags } from "./known";
import { shownLists } from "./lists";
import { clearSelection, selection } from "./selection";

/** What can be done with the selected tasks together. */
export function SelectionBar() {
  const { many } = taskStrings;
  return (
    <div class="selection">
      <button type="button" class="icon-button" aria-label={many.clear} title={many.clear} onClick={clearSelection}>
        <Icon of={X} />
      </button>
      <p>{many.selected(selection.value.size)}</p>
      <button type="button" class="plain" onClick={completeSelected}>
        <Icon of={Check} />
        {many.complete}
      </button>
      <ListChoice />
      <DayChoice />
      <TagField />
      <button type="button" class="plain danger" onClick={deleteSelected}>
        <Icon of={Trash} />
        {many.delete}
      </button>
    </div>
  );
}

/** The value of the choice that says what the control is for. */
const NOTHING = "";
const NO_LIST = "none";

function ListChoice() {
  const { many } = taskStrings;
  const names = shownLists.value.map(({ name }) => name);
  return (
    <select
      aria-label={many.move}
      value={NOTHING}
      onChange={({ currentTarget: { value } }) =>
        moveSelectedToList(value === NO_LIST ? null : value.slice(NO_LIST.length))
      }
    >
      <option value={NOTHING}>{many.move}</option>
      <option value={NO_LIST}>{appStrings.nav.inbox}</option>
      {names.map((name) => (
        <option key={name} value={NO_LIST + name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function DayChoice() {
  const [picks, setPicks] = useState(false);
  const { many } = taskStrings;
  const choose = (value: string) => {
    if (value === "pick") setPicks(true);
    else rescheduleSelected(value === "never" ? null : dayAfter(new Date(), Number(value)));
  };
  if (picks) {
    return (
      <input
        type="date"
        aria-label={many.due}
        // The field replaces the choice that had the focus.
        ref={(field) => field?.focus()}
        onChange={({ currentTarget: { value } }) => value !== "" && rescheduleSelected(value)}
      />
    );
  }
  return (
    <select aria-label={many.due} value={NOTHING} onChange={({ currentTarget: { value } }) => choose(value)}>
      <option value={NOTHING}>{many.due}</option>
      <option value="0">{many.days.today}</option>
      <option value="1">{many.days.tomorrow}</option>
      <option value="7">{many.days.week}</option>
      <option value="pick">{many.days.pick}</option>
      <option value="never">{many.days.never}</option>
    </select>
  );
}

function TagField() {
  const [name, setName] = useState("");
  const { many } = taskStrings;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        tagSelected(name);
      }}
    >
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        maxLength={40}
        list="selection-tags"
        aria-label={many.tag}
        placeholder={many.tag}
        value={name}
        onInput={({ currentTarget: { value } }) => setName(value)}
      />
      <datalist id="selection-tags">
        {knownTags.value.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </form>
  );
}
