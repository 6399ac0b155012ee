import "./auth/firstRequests";
import { render } from "preact";
import { App } from "./app";
import { reloadSession, session, watchSession } from "./auth/currentSession";
import { watchConnection } from "./browser/online";
import { applyTheme, readTheme } from "./browser/preferences";
import { navigate, watchAddress } from "./router";
import { drafts } from "./state/drafts";
import { notify } from "./state/notices";
import { appStrings } from "./strings/firstPage";
import { language } from "./strings/language";
import { refreshOnReturn, reloadTasks, retryUnsaved } from "./tasks/store";
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
  const register = () => void serviceWorker.register("/sw.js").catch(() => undefined);
  // The page may have been complete before its texts were there.
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
  // A notification was clicked, or its button changed a task.
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kind === "open") navigate(data.url);
    else void reloadTasks();
  });
  // The first worker takes over silently; a later one belongs to a new build.
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", offerNewVersion);
}

function offerNewVersion(): void {
  const run = () => location.reload();
  notify({ kind: "done", text: appStrings.newVersion, action: { label: appStrings.reload, run } });
}
