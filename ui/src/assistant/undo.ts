// Undoes what calls of the assistant did: exactly their changes.

import { toApiError } from "../api/problem";
import { undoChange } from "../api/taskWrites";
import { announce, notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";
import type { MessageCall } from "./conversation";
import { changeCall, conversationOwner, showTaskChange } from "./store";
import { changeOf } from "./toolCalls";

/** Undoes the calls of a card, the last one first. `message`: the key of their message. */
export async function undoCalls(message: number, calls: readonly MessageCall[]): Promise<void> {
  const user = conversationOwner();
  if (user === null) return;
  try {
    for (const call of calls.toReversed()) {
      const change = changeOf(call);
      const { kept } = change === null ? { kept: [] } : await undoChange(user, change);
      changeCall(message, call.id, { state: "undone" });
      if (kept.length > 0) notify({ kind: "done", text: taskStrings.many.undoneInPart(kept.join(", ")) });
    }
    announce(assistantStrings.undone);
  } catch (cause) {
    notify({ kind: "failure", text: toApiError(cause).sentence });
  }
  showTaskChange(user);
}
