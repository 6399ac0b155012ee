// Whether the assistant is open, and with which conversation. It is kept apart from the panel, whose code is loaded
// later, and in the tab's storage, so that a reload changes nothing.

import { signal } from "@preact/signals";
import { readJsonItem, storeItem, tabStorage } from "../browser/storage";

/** The element id of the panel. */
export const PANEL_ID = "assistant";
/** The key of the tab's storage. */
const KEY = "assistant";

export interface AssistantView {
  /** The conversation to continue; undefined for the current one. */
  readonly conversation?: number;
  /** Shows the list of conversations. */
  readonly history?: boolean;
}

/** Null while the assistant is closed. */
export const assistantView = signal<AssistantView | null>(null);
/** On a phone the open assistant covers the page. */
export const assistantCoversPage = signal(false);
/** A reply came while the assistant was closed. */
export const unreadReply = signal(false);

export function openAssistant(view: AssistantView = {}): void {
  assistantView.value = view;
  unreadReply.value = false;
}

export function closeAssistant(): void {
  assistantView.value = null;
}

/** What the tab keeps over a reload. It belongs to one user. */
export interface KeptAssistant {
  readonly owner: string;
  readonly open: boolean;
  readonly conversation: number | null;
}

/** Null at sign-out: nothing is kept. */
export function keepAssistant(kept: KeptAssistant | null): void {
  storeItem(KEY, kept && JSON.stringify(kept), tabStorage);
}

export function readKeptAssistant(owner: string): KeptAssistant | null {
  const kept = readJsonItem(KEY, tabStorage) as KeptAssistant | null;
  return kept?.owner === owner ? kept : null;
}
