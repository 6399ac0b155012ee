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

/** What surrounds every page of a signed-in user: header, notices, the assistant's button. */
export function Frame({ page, user, children }: { page: PageName; user: User; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  // The focused element left with the page before, so the focus moves to the new page.
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
