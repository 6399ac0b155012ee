// Whether the assistant is open, and with which conversation. Kept outside its panel, which is loaded later.

import { signal } from "@preact/signals";

/** The element id of the panel. */
export const PANEL_ID = "assistant";

export interface Opened {
  /** The conversation to go on with; undefined: whichever it was. */
  readonly conversation?: number;
}

export const opened = signal<Opened | null>(null);

export function openAssistant(conversation?: number): void {
  opened.value = conversation === undefined ? {} : { conversation };
}

export function closeAssistant(): void {
  opened.value = null;
}
