// Sends a request again where that does no harm: while the server is updated, a connection breaks, or a proxy has
// nobody behind it for a moment. What the last try came to is what the caller gets.

/** How long to wait before each further try. */
const PAUSES_MS = [300, 900, 2000] as const;
/** Nothing is waited for longer than this in all, whatever `Retry-After` says. */
const MOST_MS = 8000;

/** Waits; throws when the signal says to stop. */
type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Calls `attempt` until its answer will do, four times at most. */
export async function insist(
  attempt: () => Promise<Response>,
  signal: AbortSignal,
  wait: Wait = pause,
): Promise<Response> {
  let waited = 0;
  for (const next of PAUSES_MS) {
    const response = await attempt().catch((cause: unknown) => {
      if (signal.aborted || !navigator.onLine) throw cause;
      return null;
    });
    const ms = response === null ? next : passing(response, next);
    if (ms === null || waited + ms > MOST_MS) return response ?? attempt();
    void response?.body?.cancel();
    waited += ms;
    await wait(ms, signal);
  }
  return attempt();
}

/** How long to wait after this answer; null when it will do. */
function passing({ status, headers }: Response, ms: number): number | null {
  if (status === 502) return ms;
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  // 409: the try whose answer was lost is still being carried out.
  return (status === 503 || status === 409) && !Number.isNaN(seconds) ? Math.max(ms, seconds * 1000) : null;
}

/** A little longer than asked for, by chance: those who failed together do not come back together. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const go = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const timer = setTimeout(go, ms * (1 + Math.random() / 4));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
