// What the app tells the user about events: one visible notice, which may offer an action, and one line for screen
// readers.

import { signal } from "@preact/signals";

export interface Notice {
  readonly kind: "failure" | "done";
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

export const notice = signal<Notice | null>(null);
export const announcement = signal("");

export function notify(next: Notice): void {
  notice.value = next;
}

export function dismiss(): void {
  notice.value = null;
}

export function announce(text: string): void {
  announcement.value = text;
}
