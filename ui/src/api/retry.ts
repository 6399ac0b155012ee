// Sends a request again where that does no harm: while the server is updated, a connection breaks, or a proxy has no
// server behind it for a moment. The caller gets the outcome of the last attempt.

/** How long to wait before each further attempt. */
const PAUSES_MS = [300, 900, 2000] as const;
/** The pauses together are never longer than this, whatever `Retry-After` says. */
const MAX_WAIT_MS = 8000;

/** Waits; rejects when the signal aborts. */
type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Calls `attempt` until its response needs no retry, four times at most. */
export async function withRetry(
  attempt: () => Promise<Response>,
  signal: AbortSignal,
  pause: Pause = pauseWithJitter,
): Promise<Response> {
  let waited = 0;
  for (const defaultMs of PAUSES_MS) {
    const response = await attempt().catch((cause: unknown) => {
      if (signal.aborted || !navigator.onLine) throw cause;
      return null;
    });
    const ms = response === null ? defaultMs : retryDelay(response, defaultMs);
    if (ms === null || waited + ms > MAX_WAIT_MS) return response ?? attempt();
    void response?.body?.cancel();
    waited += ms;
    await pause(ms, signal);
  }
  return attempt();
}

/** How long to wait after this response; null when it is final. */
function retryDelay({ status, headers }: Response, defaultMs: number): number | null {
  if (status === 502) return defaultMs;
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  // 409: the attempt whose response was lost is still running.
  return (status === 503 || status === 409) && !Number.isNaN(seconds) ? Math.max(defaultMs, seconds * 1000) : null;
}

/** Waits up to a quarter longer, at random: clients that failed together do not come back together. */
function pauseWithJitter(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const finish = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(finish, ms * (1 + Math.random() / 4));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
