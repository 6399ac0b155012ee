import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { groupParts } from "./callGroups";
import type { ConversationMessage } from "./conversation";
import { Markup } from "./Markup";
import { ToolCard } from "./ToolCard";

/** One message: its text and its tool calls in their order. */
export function Message({ message }: { message: ConversationMessage }) {
  const { by, parts, open, key } = message;
  return (
    <div class={`message ${by}`} aria-busy={open}>
      <span class="visually-hidden">{by === "user" ? assistantStrings.you : appStrings.launcher.name}:</span>
      {groupParts(parts).map((group, index) => {
        if (group.kind === "calls") return <ToolCard key={group.calls[0]?.id} message={key} group={group} />;
        if (by === "assistant") return <Markup key={index} text={group.text} />;
        return (
          <p key={index} class="said" dir="auto">
            {group.text}
          </p>
        );
      })}
    </div>
  );
}
