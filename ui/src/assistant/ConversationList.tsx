import { MessagesSquare, Trash } from "lucide";
import { useEffect, useState } from "preact/hooks";
import * as api from "../api/operations";
import { toApiError } from "../api/problem";
import type { ConversationSummary } from "../api/schema";
import { EmptyState } from "../components/EmptyState";
import { Icon } from "../components/Icon";
import { announce, notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings, taskStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { conversationId, newConversation } from "./store";

interface ConversationListProps {
  readonly user: string;
  readonly open: (id: number) => void;
}

/** The stored conversations, newest first, to open or delete. */
export function ConversationList({ user, open }: ConversationListProps) {
  const [list, setList] = useState<readonly ConversationSummary[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = () => {
    setFailure(null);
    api.listConversations(user).then(setList, (cause: unknown) => setFailure(describeFailure(cause)));
  };
  useEffect(load, [user]);

  const remove = async ({ id, title }: ConversationSummary) => {
    const before = list;
    setList((now) => now?.filter((other) => other.id !== id) ?? null);
    try {
      await api.deleteConversation(user, id);
      if (conversationId.peek() === id) newConversation();
      announce(taskStrings.deleted(title));
    } catch (cause) {
      setList(before);
      notify({ kind: "failure", text: `${taskStrings.failed.delete(title)} ${describeFailure(cause)}` });
    }
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
  const { none, noneText } = assistantStrings.conversations;
  if (list.length === 0) return <EmptyState icon={MessagesSquare} heading={none} text={noneText} />;
  return (
    <ul class="conversation-list" aria-label={appStrings.nav.conversations}>
      {list.map((summary) => (
        <li key={summary.id}>
          <button type="button" class="conversation" onClick={() => open(summary.id)}>
            <span dir="auto">{summary.title || assistantStrings.conversations.untitled}</span>
            <time dateTime={summary.updated_at}>{formatTime(summary.updated_at)}</time>
          </button>
          <button
            type="button"
            class="icon-button danger"
            aria-label={taskStrings.delete(summary.title)}
            onClick={() => void remove(summary)}
          >
            <Icon of={Trash} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function formatTime(time: string): string {
  return new Date(time).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

function describeFailure(cause: unknown): string {
  return toApiError(cause).sentence;
}
