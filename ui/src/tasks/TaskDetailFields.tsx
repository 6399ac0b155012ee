import { priorities } from "../api/schema";
import { Lazy, type LazyLoader } from "../components/Lazy";
import { drafts, type TaskDraft } from "../state/drafts";
import { appStrings, taskStrings } from "../strings/firstPage";
import { knownTags } from "./known";
import { shownLists } from "./lists";

const scheduleFields: LazyLoader<{ draft: TaskDraft }> = () =>
  import("../schedule/ScheduleFields").then(({ ScheduleFields }) => ScheduleFields);

/** Edits what a task has besides its text: date, repeat, reminders, priority, tags, list. */
export function TaskDetailFields({ draft }: { draft: TaskDraft }) {
  const { id, tags = "", list = "", priority = "none" } = draft;
  const set = (change: Partial<TaskDraft>) => drafts.setEdit({ ...draft, ...change });
  return (
    <div class="details">
      <Lazy load={scheduleFields} with={{ draft }} waiting={null} />
      <div class="choice">
        <label for={`priority-${id}`}>{taskStrings.priority}</label>
        <select
          id={`priority-${id}`}
          value={priority}
          onChange={({ currentTarget: { value } }) =>
            set({ priority: priorities.find((known) => known === value) ?? "none" })
          }
        >
          {priorities.map((name) => (
            <option key={name} value={name}>
              {taskStrings.priorities[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="choice">
        <label for={`tags-${id}`}>{taskStrings.tags}</label>
        <input
          id={`tags-${id}`}
          type="text"
          dir="auto"
          autocomplete="off"
          list={`tag-names-${id}`}
          value={tags}
          onInput={({ currentTarget: { value } }) => set({ tags: value })}
        />
        <datalist id={`tag-names-${id}`}>
          {knownTags.value.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <div class="choice">
        <label for={`list-${id}`}>{taskStrings.listName}</label>
        <input
          id={`list-${id}`}
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={60}
          list={`list-names-${id}`}
          placeholder={appStrings.nav.inbox}
          value={list}
          onInput={({ currentTarget: { value } }) => set({ list: value })}
        />
        <datalist id={`list-names-${id}`}>
          {shownLists.value.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
    </div>
  );
}
