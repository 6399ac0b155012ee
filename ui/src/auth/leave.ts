// The end of a session by the user's own will: nothing of it stays in this tab.

import { closeAssistant, keepAssistant, unreadReply } from "../state/assistant";
import { dismiss } from "../state/notices";
import { closeTasks } from "../tasks/store";
import { markSignedOut } from "./currentSession";

export function leave(why: "left" | "deleted"): void {
  dismiss();
  closeAssistant();
  keepAssistant(null);
  unreadReply.value = false;
  closeTasks();
  markSignedOut(why);
}
