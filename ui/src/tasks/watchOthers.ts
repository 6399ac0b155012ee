// Keeps the page in step with what others change and with the time, and sends what waits, while the page is seen.

import { online } from "../browser/online";
import { lookAtClock } from "../state/clock";
import { followChanges, refreshOnReturn, retryUnsaved } from "./store";

/** How often a page that is seen asks for changes. */
const POLL_MS = 5000;

/** Starts watching; returns what ends it. */
export function watchOthers(): () => void {
  const isSeen = () => document.visibilityState === "visible";
  // A tab that becomes visible sends both events; the two calls share one request.
  const onReturn = () => {
    if (!isSeen()) return;
    lookAtClock();
    void refreshOnReturn();
    void retryUnsaved();
  };
  const poll = () => {
    if (!isSeen()) return;
    lookAtClock();
    if (online.peek()) void retryUnsaved().then(followChanges);
  };
  const timer = setInterval(poll, POLL_MS);
  document.addEventListener("visibilitychange", onReturn);
  addEventListener("focus", onReturn);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onReturn);
    removeEventListener("focus", onReturn);
  };
}
