import { useEffect } from "preact/hooks";
import type { User } from "../auth/session";
import { currentAddress } from "../router";
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
    return watchOthers();
  }, [user.id]);
  const { status } = parseFilter(currentAddress.value.search);
  return (
    <>
      <div class="heading">
        <h1>{status === "all" ? taskStrings.heading : taskStrings.filters[status]}</h1>
        <Summary />
        <SearchField />
      </div>
      <SelectionBar />
      <div class="sheet">
        <AddTask />
        <TaskList />
      </div>
    </>
  );
}

function Summary() {
  const rows = taskRows.value;
  if (loadState.value !== "ready" || rows.length === 0) return null;
  const completed = rows.filter((row) => row.completed).length;
  return <p>{taskStrings.summary(rows.length - completed, completed)}</p>;
}
