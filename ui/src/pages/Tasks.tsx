import { Pencil } from "lucide";
import { useEffect } from "preact/hooks";
import type { TaskFilter } from "../api/schema";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { Lazy, type LazyLoader } from "../components/Lazy";
import { ViewChips } from "../frame/ViewChips";
import { keepNotificationsOf } from "../notifications/keepNotifications";
import { currentAddress } from "../router";
import { scheduledTask } from "../state/scheduledTask";
import { loadUserTimes } from "../state/userTimes";
import { appStrings, taskStrings } from "../strings/firstPage";
import { AddTask } from "../tasks/AddTask";
import { parseFilter } from "../tasks/filter";
import { countsOf, taskCounts } from "../tasks/known";
import { listNamed } from "../tasks/lists";
import { OrderSelect } from "../tasks/OrderSelect";
import { openListDialog } from "../tasks/openListDialog";
import { SearchField } from "../tasks/SearchField";
import { SelectionPlace } from "../tasks/SelectionPlace";
import { loadState, taskRows } from "../tasks/store";
import { TaskList } from "../tasks/TaskList";

export function Tasks({ user }: { user: User }) {
  useEffect(() => {
    // Without it the server's days are those of UTC; another try comes with the next visit.
    loadUserTimes(user.id).catch(() => undefined);
    void keepNotificationsOf(user.id);
  }, [user.id]);
  const filter = parseFilter(currentAddress.value.search);
  const list = filter.list === undefined ? undefined : listNamed(filter.list);
  return (
    <>
      <div class="heading">
        <h1>{headingOf(filter)}</h1>
        {list && (
          <button
            type="button"
            class="icon-button"
            aria-label={taskStrings.editList}
            title={taskStrings.editList}
            onClick={() => openListDialog(list)}
          >
            <Icon of={Pencil} />
          </button>
        )}
        <Summary filter={filter} />
        {taskRows.value.length > 1 && <OrderSelect />}
        <SearchField />
      </div>
      <ViewChips />
      <SelectionPlace />
      <div class="sheet">
        <AddTask />
        <TaskList />
      </div>
      {scheduledTask.value !== null && <Lazy load={scheduleDialog} with={{ id: scheduledTask.value }} waiting={null} />}
    </>
  );
}

const scheduleDialog: LazyLoader<{ id: number }> = () =>
  import("../schedule/ScheduleDialog").then(({ ScheduleDialog }) => ScheduleDialog);

/** The name of the view. */
export function headingOf({ status, due, tag, list }: TaskFilter): string {
  if (due !== undefined) return taskStrings[due];
  if (list === "") return appStrings.nav.inbox;
  return list ?? tag ?? (status === "all" ? taskStrings.heading : taskStrings.filters[status]);
}

/** How much there is in this view; keeps its line until that is known. */
function Summary({ filter }: { filter: TaskFilter }) {
  if (loadState.value !== "ready") return <p>{"\u00a0"}</p>;
  const isPart = (["due", "tag", "list"] as const).some((name) => filter[name] !== undefined);
  const { open, completed } = isPart ? countsOf(filter) : taskCounts.value;
  return open + completed === 0 ? null : <p>{taskStrings.summary(open, completed)}</p>;
}
