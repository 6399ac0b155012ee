import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import type { ConversationMessage, MessageCall, MessagePart } from "./conversation";
import { Markup } from "./Markup";
import { decideCall, undoCall } from "./store";
import { ToolCard } from "./ToolCard";

interface MessageProps {
  readonly message: ConversationMessage;
  /** Whether the user can act on its tool calls. */
  readonly live: boolean;
}

/** One message: its text and its tool calls in their order. */
export function Message({ message, live }: MessageProps) {
  const { by, parts, open, key } = message;
  return (
    <div class={`message ${by}`} aria-busy={open}>
      <span class="visually-hidden">{by === "user" ? assistantStrings.you : appStrings.launcher.name}:</span>
      {groupCalls(parts).map((group, index) =>
        group.kind === "text" ? (
          by === "user" ? (
            <p key={index} class="said" dir="auto">
              {group.text}
            </p>
          ) : (
            <Markup key={index} text={group.text} />
          )
        ) : (
          <ul key={index} class="cards" aria-label={assistantStrings.toolList}>
            {group.calls.map((call) => (
              <ToolCard
                key={call.id}
                call={call}
                {...(live
                  ? {
                      decide: (approval, approve) => void decideCall(key, call.id, approval, approve),
                      undo: (action) => void undoCall(key, call.id, action),
                    }
                  : {})}
              />
            ))}
          </ul>
        ),
      )}
    </div>
  );
}

type PartGroup = Extract<MessagePart, { kind: "text" }> | { readonly kind: "calls"; readonly calls: MessageCall[] };

/** Consecutive calls become one list. */
function groupCalls(parts: readonly MessagePart[]): PartGroup[] {
  const groups: PartGroup[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === "text") groups.push(part);
    else if (last?.kind === "calls") last.calls.push(part);
    else groups.push({ kind: "calls", calls: [part] });
  }
  return groups;
}
