import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import type { ConversationMessage, MessagePart } from "./conversation";
import { Markup } from "./Markup";
import { decideCall, undoCall } from "./store";
import { ToolCard } from "./ToolCard";

interface Props {
  readonly message: ConversationMessage;
  /** Whether its cards can be acted on. */
  readonly live: boolean;
}

/** One message, its text and its tool calls in their order. */
export function Message({ message, live }: Props) {
  const { by, parts, open, key } = message;
  return (
    <div class={`message ${by}`} aria-busy={open}>
      <span class="visually-hidden">{by === "user" ? assistantStrings.you : appStrings.launcher.name}:</span>
      {grouped(parts).map((group, index) =>
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
                      undo: (undo) => void undoCall(key, call.id, undo),
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

type CallPart = Extract<MessagePart, { kind: "call" }>;
type Group = Extract<MessagePart, { kind: "text" }> | { readonly kind: "calls"; readonly calls: CallPart[] };

/** Calls that follow each other are one list. */
function grouped(parts: readonly MessagePart[]): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === "text") groups.push(part);
    else if (last?.kind === "calls") last.calls.push(part);
    else groups.push({ kind: "calls", calls: [part] });
  }
  return groups;
}
