import { appStrings, taskStrings } from "../strings/firstPage";
import type { ListRow } from "./list";
import { discardRow, retryRow } from "./store";
import { TaskChips } from "./TaskChips";

/** A new task that the server does not have yet. */
export function UnsavedRow({ row }: { row: ListRow }) {
  return (
    <li class="row unsaved">
      <label class="box">
        <input type="checkbox" aria-label={row.title} checked={false} disabled />
      </label>
      <div class="words" dir="auto">
        <span class="title">{row.title}</span>
        <TaskChips row={row} />
      </div>
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
