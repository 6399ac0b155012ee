import { useEffect } from "preact/hooks";
import { setFirstTimeZone } from "../api/operations";
import type { TaskFilter } from "../api/schema";
import type { User } from "../auth/session";
import { Lazy, type LazyLoader } from "../components/Lazy";
import { keepNotificationsOf } from "../notifications/keepNotifications";
import { currentAddress } from "../router";
import { scheduledTask } from "../state/scheduledTask";
import { taskStrings } from "../strings/firstPage";
import { AddTask } from "../tasks/AddTask";
import { parseFilter } from "../tasks/list";
import { SearchField } from "../tasks/SearchField";
import { SelectionBar } from "../tasks/SelectionBar";
import { loadState, openTasks, taskRows } from "../tasks/store";
import { TaskList } from "../tasks/TaskList";
import { watchOthers } from "../tasks/watchOthers";

export function Tasks({ user }: { user: User }) {
  useEffect(() => {
    openTasks(user.id);
    // Without it the server's days are those of UTC; another try comes with the next visit.
    setFirstTimeZone(user.id, Intl.DateTimeFormat().resolvedOptions().timeZone).catch(() => undefined);
    void keepNotificationsOf(user.id);
    return watchOthers();
  }, [user.id]);
  const filter = parseFilter(currentAddress.value.search);
  return (
    <>
      <div class="heading">
        <h1>{headingOf(filter)}</h1>
        <Summary />
        <SearchField />
      </div>
      <SelectionBar />
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
  return list ?? tag ?? (status === "all" ? taskStrings.heading : taskStrings.filters[status]);
}

function Summary() {
  const rows = taskRows.value;
  if (loadState.value !== "ready" || rows.length === 0) return null;
  const completed = rows.filter((row) => row.completed).length;
  return <p>{taskStrings.summary(rows.length - completed, completed)}</p>;
}
