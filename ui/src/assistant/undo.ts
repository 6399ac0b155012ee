// Undoes what a call of the assistant did: exactly its change, by the number that the history has for it.

import { listTaskHistory } from "../api/history";
import { toApiError } from "../api/problem";
import { undoChange } from "../api/taskWrites";
import { announce, notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";
import type { MessageCall } from "./conversation";
import { changeCall, conversationCalls, conversationId, conversationOwner, showTaskChange } from "./store";
import { traceOf } from "./toolCalls";

/** Undoes the calls of a card, the last one first. `message`: the key of their message. */
export async function undoCalls(message: number, calls: readonly MessageCall[]): Promise<void> {
  const user = conversationOwner();
  if (user === null) return;
  try {
    for (const call of calls.toReversed()) {
      const change = await findChange(user, call);
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

/**
 * The number of the change that the call made; null if it is undone already. Of the changes of this kind in this
 * conversation, the newest belongs to the last call, and so on.
 */
async function findChange(user: string, call: MessageCall): Promise<number | null> {
  const trace = traceOf(call);
  if (trace === null) return null;
  const { task, kinds } = trace;
  const alike = (other: MessageCall) => other.tool === call.tool && traceOf({ ...other, state: "done" })?.task === task;
  const calls = conversationCalls().filter((other) => other.state === "done" || other.state === "undone");
  const later = calls.slice(calls.findIndex(({ id }) => id === call.id) + 1).filter(alike).length;
  const conversation = conversationId.peek();
  const changes = (await listTaskHistory(user, task)).filter(
    (change) => change.conversation === conversation && kinds.includes(change.kind),
  );
  const change = changes[later];
  return change === undefined || change.undone ? null : change.id;
}
