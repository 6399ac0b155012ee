import { ArrowLeft, MessageCircle, MessagesSquare } from "lucide";
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import { ConversationList } from "../assistant/ConversationList";
import { kept, type Message } from "../assistant/conversation";
import { openAssistant } from "../assistant/open";
import { Said } from "../assistant/Said";
import { Blank } from "../components/Blank";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { Splash } from "../components/Splash";
import { Trouble } from "../components/Trouble";
import { asProblem, Problem } from "../problem";
import { CONVERSATIONS, conversationAt, navigate, place } from "../router";
import type { User } from "../session";
import { more } from "../strings/more";
import "../styles/assistant.css";

export function Conversations({ user }: { user: User }) {
  const id = conversationAt(place.value.path);
  if (id !== null) return <Read key={id} user={user} id={id} />;
  return (
    <>
      <div class="heading">
        <h1>{more.conversations.heading}</h1>
      </div>
      <div class="sheet">
        <ConversationList user={user.id} open={(chosen) => navigate(`${CONVERSATIONS}/${chosen}`)} />
      </div>
    </>
  );
}

type Got = { readonly title: string; readonly messages: readonly Message[] } | "loading" | "gone" | Problem;

function Read({ user, id }: { user: User; id: number }) {
  const [got, setGot] = useState<Got>("loading");
  const get = () => {
    setGot("loading");
    api.getConversation(user.id, id).then(
      ({ title, messages }) => setGot({ title, messages: kept(messages) }),
      (cause: unknown) => {
        const problem = asProblem(cause);
        setGot(problem.status === 404 ? "gone" : problem);
      },
    );
  };
  useEffect(get, [user.id, id]);
  const words = more.conversations;

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
  return (
    <>
      <Link class="button plain back" to={CONVERSATIONS}>
        <Icon of={ArrowLeft} />
        {words.back}
      </Link>
      <div class="heading">
        <h1 dir="auto">{got.title || words.untitled}</h1>
      </div>
      <div class="sheet read">
        {got.messages.length === 0 && <p>{words.empty}</p>}
        {got.messages.map((message) => (
          <Said key={message.key} message={message} live={false} />
        ))}
      </div>
      <button type="button" class="primary go-on" onClick={() => openAssistant(id)}>
        <Icon of={MessageCircle} />
        {words.goOn}
      </button>
    </>
  );
}
