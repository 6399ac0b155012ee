// Conversations that the user deleted. The server cannot bring one back, so it is told only when the time to undo is
// over, or when the page is left.

import { signal } from "@preact/signals";
import * as api from "../api/chat";
import { toApiError } from "../api/problem";
import { notify } from "../state/notices";
import { taskStrings } from "../strings/firstPage";

/** As long as the notice with its button is shown. */
const UNDO_MS = 15_000;

/** The conversations that are no longer shown. */
export const deletedConversations = signal<readonly number[]>([]);
/** What ends the wait for each of them. */
const waiting = new Map<number, () => void>();

/** The conversations that can still be kept. */
export function waitingDeletions(): readonly number[] {
  return [...waiting.keys()];
}

export function deleteLater(user: string, id: number, title: string): void {
  deletedConversations.value = [...deletedConversations.peek(), id];
  const send = () => {
    endWait(id);
    api.deleteConversation(user, id).catch((cause: unknown) => {
      keepConversation(id);
      notify({ kind: "failure", text: `${taskStrings.failed.delete(title)} ${toApiError(cause).sentence}` });
    });
  };
  const timer = setTimeout(send, UNDO_MS);
  addEventListener("pagehide", send);
  waiting.set(id, () => {
    clearTimeout(timer);
    removeEventListener("pagehide", send);
  });
}

/** Shows the conversation again; it is not deleted if it still waits. */
export function keepConversation(id: number): void {
  endWait(id);
  deletedConversations.value = deletedConversations.peek().filter((other) => other !== id);
}

function endWait(id: number): void {
  waiting.get(id)?.();
  waiting.delete(id);
}
