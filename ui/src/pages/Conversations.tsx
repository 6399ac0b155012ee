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
import "../styles/assistant.css";

export function Conversations({ user }: { user: User }) {
  const id = conversationIdAt(currentAddress.value.path);
  if (id !== null) return <Read key={id} user={user} id={id} />;
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

interface Kept {
  readonly title: string;
  readonly messages: readonly ConversationMessage[];
  /** The address of what was said before them. */
  readonly earlier: string | null;
}

type Got = Kept | "loading" | "gone" | ApiError;

function Read({ user, id }: { user: User; id: number }) {
  const [got, setGot] = useState<Got>("loading");
  const get = () => {
    setGot("loading");
    api.getConversation(user.id, id).then(
      ({ title, messages, earlier }) => setGot({ title, messages: toMessages(messages), earlier }),
      (cause: unknown) => {
        const problem = toApiError(cause);
        setGot(problem.status === 404 ? "gone" : problem);
      },
    );
  };
  useEffect(get, [user.id, id]);
  const words = assistantStrings.conversations;

  if (got === "loading") return <Splash />;
  if (got instanceof ApiError) return <ErrorState heading={words.loadFailed} text={got.sentence} retry={get} alone />;
  if (got === "gone") {
    return (
      <EmptyState icon={MessagesSquare} heading={words.gone} text={words.goneText} alone>
        <Link class="button quiet" to={CONVERSATIONS}>
          {words.back}
        </Link>
      </EmptyState>
    );
  }
  const getEarlier = async () => {
    const { messages, earlier } = await api.getConversation(user.id, id, got.earlier);
    setGot({ ...got, messages: [...toMessages(messages, got.messages[0]?.key), ...got.messages], earlier });
  };
  return (
    <>
      <Link class="button plain back" to={CONVERSATIONS}>
        <Icon of={ArrowLeft} />
        {words.back}
      </Link>
      <div class="heading">
        <h1 dir="auto">{got.title || words.untitled}</h1>
      </div>
      <Messages of={got} getEarlier={getEarlier} />
      <button type="button" class="primary go-on" onClick={() => openAssistant(id)}>
        <Icon of={MessageCircle} />
        {words.goOn}
      </button>
    </>
  );
}

function Messages({ of, getEarlier }: { of: Kept; getEarlier: () => Promise<void> }) {
  const sheet = useRef<HTMLDivElement>(null);
  useStableScroll(of.messages[0]?.key, sheet.current && document.scrollingElement);
  return (
    <div ref={sheet} class="sheet read" tabIndex={-1}>
      {of.messages.length === 0 && <p>{assistantStrings.conversations.empty}</p>}
      {of.earlier !== null && <LoadEarlier get={getEarlier} />}
      {of.messages.map((message) => (
        <Message key={message.key} message={message} live={false} />
      ))}
    </div>
  );
}
