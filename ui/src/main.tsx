import "./auth/firstRequests";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { reloadSession, session, watchSession } from "./auth/currentSession";
import { browserIsIdle } from "./browser/idle";
import { watchConnection } from "./browser/online";
import { applyTheme, readTheme } from "./browser/preferences";
import { navigate, watchAddress } from "./router";
import { drafts } from "./state/drafts";
import { notify } from "./state/notices";
import { appStrings } from "./strings/firstPage";
import { language } from "./strings/language";
import { loadState, refreshOnReturn, reloadTasks, retryUnsaved } from "./tasks/store";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/frame.css";
import "./styles/entry.css";
import "./styles/sidebar.css";
import "./styles/tasks.css";
import "./styles/row.css";
import "./styles/steps.css";
import "./styles/views.css";
import "./styles/editor.css";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
document.documentElement.lang = language;
applyTheme(readTheme());
watchAddress();
watchSession();
addEventListener("pagehide", () => drafts.keep());
watchConnection(() => {
  if (session.peek().kind !== "user") return void reloadSession();
  void refreshOnReturn();
  void retryUnsaved();
});
root.replaceChildren();
render(<App />, root);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  // It fetches all files of the app, which would slow down what the user waits for.
  void firstPageIsShown()
    .then(browserIsIdle)
    .then(() => serviceWorker.register("/sw.js").catch(() => undefined));
  // A notification was clicked, or its button changed a task.
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kind === "open") navigate(data.url);
    else void reloadTasks();
  });
  // The first worker takes over silently; a later one belongs to a new build.
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", offerNewVersion);
}

/** Resolves when it is known who is signed in and, for a user, when the tasks have come or could not be loaded. */
function firstPageIsShown(): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const { kind } = session.value;
      if (kind === "unknown" || (kind === "user" && /^(loading|partial)$/.test(loadState.value))) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

function offerNewVersion(): void {
  const run = () => location.reload();
  notify({ kind: "done", text: appStrings.newVersion, action: { label: appStrings.reload, run } });
}
