import { useEffect, useRef } from "preact/hooks";
import { Launcher } from "../assistant/Launcher";
import { AddTask } from "../components/AddTask";
import { Filters } from "../components/Filters";
import { Header } from "../components/Header";
import { NoticeBar } from "../components/NoticeBar";
import { TaskList } from "../components/TaskList";
import type { User } from "../session";
import { strings } from "../strings";
import { loading, openTasks, refreshTasks, shown } from "../tasks/store";

export function Tasks({ user }: { user: User }) {
  const main = useRef<HTMLElement>(null);
  // The form that had the focus is gone: reading goes on here.
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    openTasks(user.id);
    const seenAgain = () => {
      if (document.visibilityState === "visible") void refreshTasks();
    };
    document.addEventListener("visibilitychange", seenAgain);
    return () => document.removeEventListener("visibilitychange", seenAgain);
  }, [user.id]);

  return (
    <div class="frame">
      <Header user={user} />
      <main ref={main} class="tasks" id="content" tabIndex={-1}>
        <div class="heading">
          <h1>{strings.tasks.heading}</h1>
          <Summary />
        </div>
        <AddTask />
        <Filters />
        <TaskList />
      </main>
      <NoticeBar />
      <Launcher user={user.id} />
    </div>
  );
}

function Summary() {
  const rows = shown.value;
  if (loading.value !== "ready" || rows.length === 0) return null;
  const completed = rows.filter((row) => row.completed).length;
  return <p>{strings.tasks.summary(rows.length - completed, completed)}</p>;
}
