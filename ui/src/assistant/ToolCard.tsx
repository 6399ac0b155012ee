import { Icon } from "../components/Icon";
import { strings } from "../strings";
import type { ToolCall } from "../wire";
import { type CallState, card } from "./conversation";

const icons: Record<CallState, "check" | "warning" | "wait"> = { done: "check", failed: "warning", waiting: "wait" };

/** What one tool call really did, from its own result. */
export function ToolCard({ call }: { call: ToolCall }) {
  const { name, state, subject, reason } = card(call);
  return (
    <li class={`card ${state}`}>
      <Icon name={icons[state]} />
      <span class="card-name">{name}</span>
      <span class="card-state">{strings.assistant.toolStatus[state]}</span>
      {subject && (
        <span class="card-subject" dir="auto">
          {subject}
        </span>
      )}
      {reason && <span class="card-reason">{reason}</span>}
    </li>
  );
}
