// Whether the assistant is open, and with which conversation. It is kept apart from the panel, whose code is loaded later.

import { signal } from "@preact/signals";

/** The element id of the panel. */
export const PANEL_ID = "assistant";

export interface AssistantView {
  /** The conversation to continue; undefined for the current one. */
  readonly conversation?: number;
}

/** Null while the assistant is closed. */
export const assistantView = signal<AssistantView | null>(null);

export function openAssistant(conversation?: number): void {
  assistantView.value = conversation === undefined ? {} : { conversation };
}

export function closeAssistant(): void {
  assistantView.value = null;
}
