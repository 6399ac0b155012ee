import { Keyboard } from "lucide";
import { useEffect } from "preact/hooks";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { openHelp } from "../frame/shortcuts";
import { appStrings, taskStrings } from "../strings/firstPage";
import { AddTask } from "../tasks/AddTask";
import { Filters } from "../tasks/Filters";
import { loadState, openTasks, refreshTasks, retryUnsaved, taskRows } from "../tasks/store";
import { TaskList } from "../tasks/TaskList";

export function Tasks({ user }: { user: User }) {
  useEffect(() => {
    openTasks(user.id);
    // A tab that becomes visible sends both events; the two calls share one request.
    const onReturn = () => {
      if (document.visibilityState !== "visible") return;
      void refreshTasks();
      void retryUnsaved();
    };
    document.addEventListener("visibilitychange", onReturn);
    addEventListener("focus", onReturn);
    return () => {
      document.removeEventListener("visibilitychange", onReturn);
      removeEventListener("focus", onReturn);
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
