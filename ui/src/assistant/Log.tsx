import { ArrowDown } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { assistantStrings } from "../strings/assistant";
import { type ConversationMessage, messageText } from "./conversation";
import { LoadEarlier, useStableScroll } from "./LoadEarlier";
import { languageModel } from "./languageModel";
import { Message } from "./Message";
import { Suggestions } from "./Suggestions";
import { spokenOrders } from "./spokenOrders";
import { busy, earlierMessages, earlierPage, loadEarlier, messages } from "./store";
import { Welcome } from "./Welcome";

/** Who is within this distance of the end, in pixels, sees what is added there. */
const NEAR_END = 64;

/** The messages of the conversation. A new question goes to the top; the end is followed only by who is there. */
export function Log() {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const asked = useRef<number | undefined>(undefined);
  const [awayFromEnd, setAwayFromEnd] = useState(false);
  const current = messages.value;
  const before = earlierMessages.value;
  const turns = groupTurns([...before, ...current]);
  const lastQuestion = turns.at(-1)?.[0];

  const scrollToEnd = () => log.current?.scrollTo(0, log.current.scrollHeight);
  const noteScroll = () => {
    if (log.current === null) return;
    const { scrollHeight, scrollTop, clientHeight } = log.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight <= NEAR_END;
    setAwayFromEnd(!atEnd.current);
  };
  useStableScroll(before[0]?.key, log.current);
  useLayoutEffect(() => {
    if (current.length === 0) return log.current?.scrollTo(0, 0);
    const isNew = lastQuestion !== undefined && lastQuestion.key > 0 && lastQuestion.key !== asked.current;
    asked.current = lastQuestion?.key;
    if (isNew || atEnd.current) scrollToEnd();
    noteScroll();
  }, [current, busy.value]);
  // The log becomes shorter when the field below it grows: the end stays in sight.
  useEffect(() => {
    if (log.current === null) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current && messages.peek().length > 0) scrollToEnd();
    });
    observer.observe(log.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div class="log-place">
      <div
        ref={log}
        class="log"
        role="log"
        aria-live="off"
        aria-label={assistantStrings.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={noteScroll}
      >
        {current.length === 0 && <Welcome />}
        {earlierPage.value !== null && <LoadEarlier load={loadEarlier} />}
        {turns.map((turn, index) => (
          <Turn key={turn[0]?.key} messages={turn} last={index === turns.length - 1} />
        ))}
      </div>
      {awayFromEnd && (
        <button
          type="button"
          class="quiet to-end"
          onClick={() => {
            scrollToEnd();
            log.current?.focus({ preventScroll: true });
          }}
        >
          <Icon of={ArrowDown} />
          {assistantStrings.toEnd}
        </button>
      )}
    </div>
  );
}

/** A question and what followed. The newest one fills the log, so that its question can be at the top. */
function Turn({ messages, last }: { messages: readonly ConversationMessage[]; last: boolean }) {
  const fresh = last && (messages[0]?.key ?? 0) > 0;
  return (
    <div class={fresh ? "turn fresh" : "turn"}>
      {messages.map((message) => (
        <Message key={message.key} message={message} />
      ))}
      {last && !busy.value && languageModel.value === false && <ProposedOrders messages={messages} />}
      {last && busy.value && (
        <p class="working" role="status">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {assistantStrings.busy}
        </p>
      )}
    </div>
  );
}

/** What the offline assistant proposes to say next; a question on a card has buttons of its own. */
function ProposedOrders({ messages }: { messages: readonly ConversationMessage[] }) {
  const answer = messages.at(-1);
  if (answer === undefined || answer.by === "user") return null;
  const asks = answer.parts.some((part) => part.kind === "call" && part.state === "asks");
  const orders = spokenOrders(messageText(answer)).filter((order) => !asks || !/^(yes|no|ja|nein)$/.test(order));
  return orders.length === 0 ? null : <Suggestions messages={orders} />;
}

/** Each message of the user begins a turn. */
function groupTurns(messages: readonly ConversationMessage[]): ConversationMessage[][] {
  const turns: ConversationMessage[][] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last && message.by === "assistant") last.push(message);
    else turns.push([message]);
  }
  return turns;
}
