import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Launcher } from "../assistant/Launcher";
import type { User } from "../auth/session";
import { online } from "../browser/online";
import type { PageName } from "../router";
import { appStrings } from "../strings/firstPage";
import { Header } from "./Header";
import { NoticeBar } from "./NoticeBar";
import { watchShortcuts } from "./shortcuts";

/** What stands around every page of somebody who is signed in, the assistant's button too. */
export function Frame({ page, user, children }: { page: PageName; user: User; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  // What had the focus is gone with the page before: reading goes on here.
  useEffect(() => main.current?.focus({ preventScroll: true }), [page]);
  useLayoutEffect(watchShortcuts, []);
  return (
    <div class="frame">
      <Header page={page} />
      <div role="status">{!online.value && <p class="banner">{appStrings.offline.banner}</p>}</div>
      <main ref={main} class={`page ${page}`} id="content" tabIndex={-1}>
        {children}
      </main>
      <NoticeBar />
      <Launcher user={user.id} />
    </div>
  );
}
