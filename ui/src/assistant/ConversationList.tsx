import { MessagesSquare, Trash } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api/operations";
import { toApiError } from "../api/problem";
import type { ConversationSummary } from "../api/schema";
import { EmptyState } from "../components/EmptyState";
import { Icon } from "../components/Icon";
import { notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings, taskStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { deletedConversations, deleteLater, keepConversation } from "./deletedConversations";
import { conversationId, newConversation } from "./store";

interface ConversationListProps {
  readonly user: string;
  readonly open: (id: number) => void;
}

/** The stored conversations by day, newest first, to open or delete. */
export function ConversationList({ user, open }: ConversationListProps) {
  const [list, setList] = useState<readonly ConversationSummary[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const place = useRef<HTMLUListElement>(null);
  const load = () => {
    setFailure(null);
    api.listConversations(user).then(setList, (cause: unknown) => setFailure(toApiError(cause).sentence));
  };
  useEffect(load, [user]);

  const remove = ({ id, title }: ConversationSummary, button: HTMLElement) => {
    focusNeighbour(place.current, button);
    deleteLater(user, id, title);
    if (conversationId.peek() === id) newConversation();
    notify({
      kind: "done",
      text: assistantStrings.conversations.deleted(title),
      action: { label: appStrings.undo, run: () => keepConversation(id) },
    });
  };

  if (failure !== null) {
    return (
      <div role="alert" class="callout failure">
        <p>{failure}</p>
        <button type="button" class="plain" onClick={load}>
          {appStrings.retry}
        </button>
      </div>
    );
  }
  if (list === null) return <p role="status">{appStrings.loading}</p>;
  const shown = list.filter(({ id }) => !deletedConversations.value.includes(id));
  const { none, noneText, untitled } = assistantStrings.conversations;
  if (shown.length === 0) return <EmptyState icon={MessagesSquare} heading={none} text={noneText} />;
  return (
    <ul ref={place} class="conversation-list" aria-label={assistantStrings.history}>
      {shown.map((summary, index) => (
        <li key={summary.id}>
          {dayOf(summary) !== dayOf(shown[index - 1]) && <h3>{dayOf(summary)}</h3>}
          <button type="button" class="conversation" onClick={() => open(summary.id)}>
            <span dir="auto">{summary.title || untitled}</span>
            <time dateTime={summary.updated_at}>{timeOf(summary)}</time>
          </button>
          <button
            type="button"
            class="icon-button danger"
            aria-label={taskStrings.delete(summary.title || untitled)}
            onClick={(event) => remove(summary, event.currentTarget)}
          >
            <Icon of={Trash} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The row disappears: the focus moves to the next one, from the last one to the one before. */
function focusNeighbour(list: HTMLElement | null, button: HTMLElement): void {
  const row = button.closest("li");
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>(".danger") ?? list?.closest("dialog")?.querySelector("button");
  target?.focus();
}

function dayOf(summary: ConversationSummary | undefined): string {
  if (summary === undefined) return "";
  const day = new Date(summary.updated_at).toDateString();
  if (day === new Date().toDateString()) return assistantStrings.conversations.today;
  return new Date(summary.updated_at).toLocaleDateString(language, { dateStyle: "medium" });
}

function timeOf({ updated_at: time }: ConversationSummary): string {
  return new Date(time).toLocaleTimeString(language, { timeStyle: "short" });
}
