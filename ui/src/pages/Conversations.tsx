import { ArrowLeft, MessageCircle, MessagesSquare } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api/operations";
import { asProblem, Problem } from "../api/problem";
import { ConversationList } from "../assistant/ConversationList";
import { kept, type Message } from "../assistant/conversation";
import { Earlier, useStay } from "../assistant/LoadEarlier";
import { Said } from "../assistant/Message";
import type { User } from "../auth/session";
import { Blank } from "../components/EmptyState";
import { Trouble } from "../components/ErrorState";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { Splash } from "../components/Splash";
import { CONVERSATIONS, conversationAt, navigate, place } from "../router";
import { openAssistant } from "../state/assistant";
import { assistantStrings } from "../strings/assistant";
import "../styles/assistant.css";

export function Conversations({ user }: { user: User }) {
  const id = conversationAt(place.value.path);
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
  readonly messages: readonly Message[];
  /** The address of what was said before them. */
  readonly earlier: string | null;
}

type Got = Kept | "loading" | "gone" | Problem;

function Read({ user, id }: { user: User; id: number }) {
  const [got, setGot] = useState<Got>("loading");
  const get = () => {
    setGot("loading");
    api.getConversation(user.id, id).then(
      ({ title, messages, earlier }) => setGot({ title, messages: kept(messages), earlier }),
      (cause: unknown) => {
        const problem = asProblem(cause);
        setGot(problem.status === 404 ? "gone" : problem);
      },
    );
  };
  useEffect(get, [user.id, id]);
  const words = assistantStrings.conversations;

  if (got === "loading") return <Splash />;
  if (got instanceof Problem) return <Trouble heading={words.loadFailed} text={got.sentence} retry={get} alone />;
  if (got === "gone") {
    return (
      <Blank icon={MessagesSquare} heading={words.gone} text={words.goneText} alone>
        <Link class="button quiet" to={CONVERSATIONS}>
          {words.back}
        </Link>
      </Blank>
    );
  }
  const getEarlier = async () => {
    const { messages, earlier } = await api.getConversation(user.id, id, got.earlier);
    setGot({ ...got, messages: [...kept(messages, got.messages[0]?.key), ...got.messages], earlier });
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
  useStay(of.messages[0]?.key, sheet.current && document.scrollingElement);
  return (
    <div ref={sheet} class="sheet read" tabIndex={-1}>
      {of.messages.length === 0 && <p>{assistantStrings.conversations.empty}</p>}
      {of.earlier !== null && <Earlier get={getEarlier} />}
      {of.messages.map((message) => (
        <Said key={message.key} message={message} live={false} />
      ))}
    </div>
  );
}
