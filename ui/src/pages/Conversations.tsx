import { ArrowLeft, MessageCircle, MessagesSquare } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api/operations";
import { ApiError, toApiError } from "../api/problem";
import { ConversationList } from "../assistant/ConversationList";
import { type ConversationMessage, toMessages } from "../assistant/conversation";
import { LoadEarlier, useStableScroll } from "../assistant/LoadEarlier";
import { Message } from "../assistant/Message";
import type { User } from "../auth/session";
import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { Splash } from "../components/Splash";
import { CONVERSATIONS, conversationIdAt, currentAddress, navigate } from "../router";
import { openAssistant } from "../state/assistant";
import { assistantStrings } from "../strings/assistant";
import "../styles/messages.css";

export function Conversations({ user }: { user: User }) {
  const id = conversationIdAt(currentAddress.value.path);
  if (id !== null) return <ReadConversation key={id} user={user} id={id} />;
  return (
    <>
      <div class="heading">
        <h1>{assistantStrings.conversations.heading}</h1>
      </div>
      <div class="sheet">
        <ConversationList user={user.id} open={(chosen) => navigate(`${CONVERSATIONS}/${chosen}`)} />
      </div>
    </>
  );
}

interface OpenConversation {
  readonly title: string;
  readonly messages: readonly ConversationMessage[];
  /** The address of the page before them. */
  readonly earlier: string | null;
}

type LoadResult = OpenConversation | "loading" | "gone" | ApiError;

function ReadConversation({ user, id }: { user: User; id: number }) {
  const [result, setResult] = useState<LoadResult>("loading");
  const load = () => {
    setResult("loading");
    api.getConversation(user.id, id).then(
      ({ title, messages, earlier }) => setResult({ title, messages: toMessages(messages), earlier }),
      (cause: unknown) => {
        const problem = toApiError(cause);
        setResult(problem.status === 404 ? "gone" : problem);
      },
    );
  };
  useEffect(load, [user.id, id]);
  const strings = assistantStrings.conversations;

  if (result === "loading") return <Splash />;
  if (result instanceof ApiError)
    return <ErrorState heading={strings.loadFailed} text={result.sentence} retry={load} alone />;
  if (result === "gone") {
    return (
      <EmptyState icon={MessagesSquare} heading={strings.gone} text={strings.goneText} alone>
        <Link class="button quiet" to={CONVERSATIONS}>
          {strings.back}
        </Link>
      </EmptyState>
    );
  }
  const loadEarlier = async () => {
    const { messages, earlier } = await api.getConversation(user.id, id, result.earlier);
    setResult({ ...result, messages: [...toMessages(messages, result.messages[0]?.key), ...result.messages], earlier });
  };
  return (
    <>
      <Link class="button plain back" to={CONVERSATIONS}>
        <Icon of={ArrowLeft} />
        {strings.back}
      </Link>
      <div class="heading">
        <h1 dir="auto">{result.title || strings.untitled}</h1>
      </div>
      <Messages conversation={result} loadEarlier={loadEarlier} />
      <button type="button" class="primary go-on" onClick={() => openAssistant(id)}>
        <Icon of={MessageCircle} />
        {strings.goOn}
      </button>
    </>
  );
}

function Messages({ conversation, loadEarlier }: { conversation: OpenConversation; loadEarlier: () => Promise<void> }) {
  const sheet = useRef<HTMLDivElement>(null);
  useStableScroll(conversation.messages[0]?.key, sheet.current && document.scrollingElement);
  return (
    <div ref={sheet} class="sheet read" tabIndex={-1}>
      {conversation.messages.length === 0 && <p>{assistantStrings.conversations.empty}</p>}
      {conversation.earlier !== null && <LoadEarlier load={loadEarlier} />}
      {conversation.messages.map((message) => (
        <Message key={message.key} message={message} live={false} />
      ))}
    </div>
  );
}
