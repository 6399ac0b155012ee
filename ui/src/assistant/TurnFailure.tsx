import { useEffect, useState } from "preact/hooks";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { blockedUntil, busy, retryMessage, turnFailure } from "./store";

/** What went wrong, read out once; how long to wait is counted down beside it, or it can be tried again. */
export function TurnFailure() {
  const told = turnFailure.value;
  const until = blockedUntil.value;
  return (
    <div class="trouble-place">
      <div role="alert">
        {told !== null && <p class={until === null ? "told failure" : "visually-hidden"}>{told}</p>}
      </div>
      {until !== null && <Countdown until={until} />}
      {told !== null && until === null && !busy.value && (
        <button type="button" class="plain" onClick={retryMessage}>
          {appStrings.retry}
        </button>
      )}
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return <p class="told countdown">{assistantStrings.waitFor(seconds)}</p>;
}
