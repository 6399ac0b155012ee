import { History, MessageSquarePlus, X } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { PANEL_ID } from "../state/assistant";
import { drafts } from "../state/drafts";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { Composer } from "./Composer";
import { ConversationList } from "./ConversationList";
import { LoadEarlier, useStableScroll } from "./LoadEarlier";
import { Message } from "./Message";
import { busy, earlierMessages, earlierPage, loadConversation, loadEarlier, messages, newConversation } from "./store";
import { TurnFailure } from "./TurnFailure";
import "../styles/messages.css";
import "../styles/panel.css";

export { openConversation } from "./store";

export interface PanelProps {
  readonly user: string;
  readonly close: () => void;
}

export function Panel({ user, close }: PanelProps) {
  const [history, setHistory] = useState(false);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    if (history) setHistory(false);
    else close();
  };
  const startConversation = () => {
    setHistory(false);
    newConversation();
    document.getElementById("message")?.focus();
  };
  return (
    <div
      id={PANEL_ID}
      class="panel"
      role="dialog"
      aria-modal="false"
      aria-labelledby="assistant-name"
      onKeyDown={closeOnEscape}
    >
      <div class="panel-top">
        <h2 id="assistant-name">{appStrings.launcher.name}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={assistantStrings.history}
          aria-pressed={history}
          onClick={() => setHistory(!history)}
        >
          <Icon of={History} />
        </button>
        <button type="button" class="icon-button" aria-label={assistantStrings.fresh} onClick={startConversation}>
          <Icon of={MessageSquarePlus} />
        </button>
        <button type="button" class="icon-button" aria-label={assistantStrings.close} onClick={close}>
          <Icon of={X} />
        </button>
      </div>
      {history ? (
        <div class="log">
          <ConversationList
            user={user}
            open={(id) => {
              setHistory(false);
              void loadConversation(id);
            }}
          />
        </div>
      ) : (
        <>
          <Log />
          <TurnFailure />
          <Composer />
        </>
      )}
    </div>
  );
}

function Log() {
  const log = useRef<HTMLDivElement>(null);
  const current = messages.value;
  const before = earlierMessages.value;
  const waiting = busy.value;
  useStableScroll(before[0]?.key, log.current);
  // Scrolls to the newest message.
  useLayoutEffect(() => log.current?.scrollTo(0, log.current.scrollHeight), [current, waiting]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={log} class="log" role="log" aria-live="off" aria-label={assistantStrings.log} tabIndex={0}>
      {current.length === 0 && <Welcome />}
      {earlierPage.value !== null && <LoadEarlier load={loadEarlier} />}
      {[...before, ...current].map((message) => (
        <Message key={message.key} message={message} live />
      ))}
      {waiting && (
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

function Welcome() {
  return (
    <div class="welcome">
      <p class="welcome-line">{assistantStrings.welcome}</p>
      <p>{assistantStrings.welcomeHint}</p>
      <ul>
        {assistantStrings.suggestions.map((suggestion) => (
          <li key={suggestion}>
            <button
              type="button"
              class="suggestion"
              onClick={() => {
                drafts.message.value = suggestion;
                document.getElementById("message")?.focus();
              }}
            >
              {suggestion}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
