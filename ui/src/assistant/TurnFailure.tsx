import { useEffect, useState } from "preact/hooks";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { blockedUntil, busy, retryMessage, turnFailure } from "./store";

/** Why the last turn failed, announced once, with a countdown until the next message or a button to try again. */
export function TurnFailure() {
  const failure = turnFailure.value;
  const until = blockedUntil.value;
  return (
    <div class="failure-place">
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
