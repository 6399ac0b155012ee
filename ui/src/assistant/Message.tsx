import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { CopyMessage } from "./CopyMessage";
import { groupParts } from "./callGroups";
import { type ConversationMessage, messageText } from "./conversation";
import { Markup } from "./Markup";
import { withoutRepeatedLines } from "./repeatedLines";
import { ToolCard } from "./ToolCard";
import { describeCalls, onlyReads } from "./toolCalls";

/** One message: its text and its tool calls in their order. */
export function Message({ message }: { message: ConversationMessage }) {
  const { by, parts, open, key } = message;
  const groups = groupParts(parts);
  const text = open ? "" : messageText(message).trim();
  const shown = groups.flatMap((group) =>
    group.kind === "calls" && group.state === "done" && !onlyReads(group.tool)
      ? describeCalls(group, () => undefined).subjects
      : [],
  );
  return (
    <div class={`message ${by}`} aria-busy={open}>
      <span class="visually-hidden">{by === "user" ? assistantStrings.you : appStrings.launcher.name}:</span>
      {groups.map((group, index) => {
        if (group.kind === "calls") return <ToolCard key={group.calls[0]?.id} message={key} group={group} />;
        if (by === "assistant") return <Markup key={index} text={withoutRepeatedLines(group.text, shown)} />;
        return (
          <p key={index} class="said" dir="auto">
            {group.text}
          </p>
        );
      })}
      {text !== "" && <CopyMessage text={text} />}
    </div>
  );
}
