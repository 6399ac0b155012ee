import { useEffect, useState } from "preact/hooks";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { blockedUntil, busy, retryMessage, turnFailure, turnStopped } from "./store";

/** How the last turn ended if not by itself: stopped by the user, or failed, with a way to go on. */
export function TurnFailure() {
  const failure = turnFailure.value;
  const until = blockedUntil.value;
  return (
    <div class="failure-place">
      <div role="status">{turnStopped.value && <p class="note">{assistantStrings.stopped}</p>}</div>
      <div role="alert">
        {failure !== null && <p class={until === null ? "callout failure" : "visually-hidden"}>{failure}</p>}
      </div>
      {until !== null && <Countdown until={until} />}
      {failure !== null && until === null && !busy.value && (
        <button type="button" class="plain" onClick={retryMessage}>
          {appStrings.retry}
        </button>
      )}
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const remaining = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(remaining);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(remaining()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return <p class="callout countdown">{assistantStrings.waitFor(seconds)}</p>;
}
