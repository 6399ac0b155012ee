import { Keyboard } from "lucide";
import { useEffect } from "preact/hooks";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { openHelp } from "../frame/shortcuts";
import { appStrings, taskStrings } from "../strings/firstPage";
import { AddTask } from "../tasks/AddTask";
import { Filters } from "../tasks/Filters";
import { loadState, openTasks, refreshTasks, taskRows } from "../tasks/store";
import { TaskList } from "../tasks/TaskList";

export function Tasks({ user }: { user: User }) {
  useEffect(() => {
    openTasks(user.id);
    // A tab that is seen again says so twice, one after the other; both get the same answer.
    const seenAgain = () => {
      if (document.visibilityState === "visible") void refreshTasks();
    };
    document.addEventListener("visibilitychange", seenAgain);
    addEventListener("focus", seenAgain);
    return () => {
      document.removeEventListener("visibilitychange", seenAgain);
      removeEventListener("focus", seenAgain);
    };
  }, [user.id]);

  return (
    <>
      <div class="heading">
        <h1>{taskStrings.heading}</h1>
        <Summary />
        <button type="button" class="icon-button keys" aria-label={appStrings.shortcuts} onClick={openHelp}>
          <Icon of={Keyboard} />
        </button>
      </div>
      <Filters />
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
