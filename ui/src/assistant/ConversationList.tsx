import { MessagesSquare } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api/chat";
import { toApiError } from "../api/problem";
import type { ConversationSummary } from "../api/schema";
import { EmptyState } from "../components/EmptyState";
import { SearchBox } from "../components/SearchBox";
import { notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { ConversationRow } from "./ConversationRow";
import { deletedConversations, deleteLater, keepConversation, waitingDeletions } from "./deletedConversations";
import { currentConversation, newConversation } from "./store";

/** How long the words of a search stay as they are before they are looked for. */
const TYPING_MS = 250;

interface ConversationListProps {
  readonly user: string;
  readonly open: (id: number) => void;
}

/** The stored conversations by day, newest first, to find, open, rename or delete. */
export function ConversationList({ user, open }: ConversationListProps) {
  const [words, setWords] = useState("");
  const { found, failure, reload, rename } = useConversations(user, words.trim());
  const place = useRef<HTMLUListElement>(null);
  const { none, noneText, search, noneFound, count, deleted, deletedMany } = assistantStrings.conversations;

  const remove = ({ id, title }: ConversationSummary, button: HTMLElement) => {
    focusNeighbour(place.current, button);
    deleteLater(user, id, title);
    if (currentConversation.peek()?.id === id) newConversation();
    const ids = waitingDeletions();
    const undo = { label: appStrings.undo, run: () => ids.forEach(keepConversation) };
    const text = ids.length === 1 ? deleted(title) : deletedMany(ids.length);
    notify({ kind: "done", text, action: undo });
  };

  if (failure !== null) {
    return (
      <div role="alert" class="callout failure">
        <p>{failure}</p>
        <button type="button" class="plain" onClick={reload}>
          {appStrings.retry}
        </button>
      </div>
    );
  }
  if (found === null) return <p role="status">{appStrings.loading}</p>;
  const shown = found.list.filter(({ id }) => !deletedConversations.value.includes(id));
  const isSearch = found.words !== "";
  if (shown.length === 0 && !isSearch) return <EmptyState icon={MessagesSquare} heading={none} text={noneText} />;
  return (
    <>
      <SearchBox id="search-conversations" label={search} placeholder={search} words={words} search={setWords} />
      <p role="status" class={shown.length === 0 ? "note" : "visually-hidden"}>
        {isSearch && (shown.length === 0 ? noneFound : count(shown.length))}
      </p>
      <ul ref={place} class="conversation-list" aria-label={assistantStrings.history}>
        {shown.map((summary, index) => (
          <ConversationRow
            key={summary.id}
            user={user}
            summary={summary}
            day={dayOf(summary) === dayOf(shown[index - 1]) ? null : dayOf(summary)}
            open={() => open(summary.id)}
            remove={(button) => remove(summary, button)}
            renamed={rename}
          />
        ))}
      </ul>
    </>
  );
}

/** The conversations that the server has found, and by which words. */
interface FoundConversations {
  readonly words: string;
  readonly list: readonly ConversationSummary[];
}

/** The conversations with these words. Until the server has found them, those before stay. */
function useConversations(user: string, words: string) {
  const [found, setFound] = useState<FoundConversations | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const take = (loaded: readonly ConversationSummary[]) => isCurrent && setFound({ words, list: loaded });
    const fail = (cause: unknown) => isCurrent && setFailure(toApiError(cause).sentence);
    const load = () => api.listConversations(user, words).then(take, fail);
    const timer = setTimeout(() => void load(), words === "" ? 0 : TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [user, words, attempts]);
  const reload = () => {
    setFailure(null);
    setAttempts((before) => before + 1);
  };
  const rename = (id: number, title: string) => {
    const renamed = (other: ConversationSummary) => (other.id === id ? { ...other, title } : other);
    setFound((before) => before && { ...before, list: before.list.map(renamed) });
    if (currentConversation.peek()?.id === id) currentConversation.value = { id, title };
  };
  return { found, failure, reload, rename };
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
