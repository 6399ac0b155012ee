import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Launcher } from "../assistant/Launcher";
import { session } from "../auth/currentSession";
import { justEntered } from "../auth/entry";
import type { User } from "../auth/session";
import { focusBeginning } from "../browser/focus";
import { online } from "../browser/online";
import type { PageName } from "../router";
import { assistantCoversPage } from "../state/assistant";
import { appStrings } from "../strings/firstPage";
import { NEW_TASK_ID } from "../tasks/AddTask";
import { followTasks } from "../tasks/followTasks";
import { NoticeBar } from "./NoticeBar";
import { Sidebar } from "./Sidebar";
import { watchShortcuts } from "./shortcuts";

/** Without a screen keyboard, which would cover half of the page. */
const WITH_MOUSE = "(hover: hover) and (pointer: fine)";

/** What surrounds every page of a signed-in user: navigation with its counts, notices, the assistant's button. */
export function Frame({ page, user, children }: { page: PageName; user: User; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const offline = !online.value || session.value.kind === "unreachable";
  // The focused element left with the page before, so the focus moves to the new page, before the user can move it.
  useLayoutEffect(() => {
    const field = justEntered.peek() && matchMedia(WITH_MOUSE).matches ? document.getElementById(NEW_TASK_ID) : null;
    justEntered.value = false;
    focusBeginning(field ?? main.current);
  }, [page]);
  useLayoutEffect(watchShortcuts, []);
  useEffect(() => followTasks(user.id), [user.id]);
  return (
    <div class="frame">
      <div class="banner-place" role="status">
        {offline && <p class="banner">{appStrings.offline.banner}</p>}
      </div>
      <Sidebar user={user} />
      <main ref={main} class={`page ${page}`} id="content" tabIndex={-1}>
        {children}
      </main>
      {!assistantCoversPage.value && <NoticeBar />}
      <Launcher user={user.id} />
    </div>
  );
}
