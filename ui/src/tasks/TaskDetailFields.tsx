import { priorities } from "../api/schema";
import { drafts, type TaskDraft } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { knownLists, knownTags } from "./known";

/** Edits what a task has besides its text: date, time, priority, tags, list. */
export function TaskDetailFields({ draft }: { draft: TaskDraft }) {
  const { id, due = "", tags = "", list = "", priority = "none" } = draft;
  const [day = "", time = ""] = due.split("T");
  const set = (change: Partial<TaskDraft>) => drafts.setEdit({ ...draft, ...change });
  return (
    <div class="details">
      <div class="choice">
        <label for={`due-${id}`}>{taskStrings.due}</label>
        <input
          id={`due-${id}`}
          type="date"
          value={day}
          onChange={({ currentTarget: { value } }) => set({ due: value })}
        />
      </div>
      {day !== "" && (
        <div class="choice">
          <label for={`time-${id}`}>{taskStrings.time}</label>
          <input
            id={`time-${id}`}
            type="time"
            value={time}
            onChange={({ currentTarget: { value } }) => set({ due: value === "" ? day : `${day}T${value}` })}
          />
        </div>
      )}
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
          placeholder={taskStrings.inbox}
          value={list}
          onInput={({ currentTarget: { value } }) => set({ list: value })}
        />
        <datalist id={`list-names-${id}`}>
          {knownLists.value.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
    </div>
  );
}
