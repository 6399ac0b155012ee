/** Where a browser does not say when it has nothing to do, as Safari: after this pause. */
const PAUSE_MS = 500;
/** A browser that is never idle does it after this time. */
const LATEST_MS = 5000;

/** Resolves when the browser has nothing to do: for work that nobody waits for. */
export function browserIsIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: LATEST_MS });
    else setTimeout(resolve, PAUSE_MS);
  });
}

/** Resolves after what the browser has to do now, such as painting: so that one long task becomes two short ones. */
export function afterYield(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
