// Whether the browser has a network connection, as far as it knows.

import { signal } from "@preact/signals";

export const online = signal(true);

export function watchConnection(onReconnect: () => void): void {
  online.value = navigator.onLine;
  addEventListener("offline", () => {
    online.value = false;
  });
  addEventListener("online", () => {
    online.value = true;
    onReconnect();
  });
}
