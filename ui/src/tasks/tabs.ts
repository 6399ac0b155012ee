// Tells the other tabs of this browser that the list has changed, and learns it from them.

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("tasks");

export function tellOtherTabs(owner: string): void {
  channel?.postMessage(owner);
}

export function onOtherTab(listener: (owner: string) => void): void {
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (typeof data === "string") listener(data);
  });
}
