import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { drafts } from "../drafts";
import { strings } from "../strings";
import { Composer } from "./Composer";
import type { Message } from "./conversation";
import { PANEL_ID } from "./Launcher";
import { Markup } from "./Markup";
import { busy, failure, messages } from "./store";
import { ToolCard } from "./ToolCard";
import "../styles/assistant.css";

export { openConversation } from "./store";

export interface PanelProps {
  readonly close: () => void;
}

export function Panel({ close }: PanelProps) {
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    close();
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
        <h2 id="assistant-name">{strings.assistant.name}</h2>
        <button type="button" class="icon-button" aria-label={strings.assistant.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <Log />
      <div role="alert">{failure.value && <p class="told failure">{failure.value}</p>}</div>
      <Composer />
    </div>
  );
}

function Log() {
  const log = useRef<HTMLDivElement>(null);
  const said = messages.value;
  const waiting = busy.value;
  // What was said last comes into view.
  useLayoutEffect(() => log.current?.scrollTo(0, log.current.scrollHeight), [said, waiting]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={log} class="log" role="log" aria-live="polite" aria-label={strings.assistant.log} tabIndex={0}>
      {said.length === 0 && <Welcome />}
      {said.map((message) => (
        <Said key={message.key} message={message} />
      ))}
      {waiting && (
        <p class="working">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {strings.assistant.busy}
        </p>
      )}
    </div>
  );
}

function Said({ message }: { message: Message }) {
  const { by, text, calls } = message;
  return (
    <div class={`message ${by}`}>
      <span class="visually-hidden">{by === "user" ? strings.assistant.you : strings.assistant.name}:</span>
      {calls.length > 0 && (
        <ul class="cards" aria-label={strings.assistant.tools}>
          {calls.map((call, index) => (
            <ToolCard key={`${call.id}-${index}`} call={call} />
          ))}
        </ul>
      )}
      {by === "user" ? (
        <p class="said" dir="auto">
          {text}
        </p>
      ) : (
        <Markup text={text} />
      )}
    </div>
  );
}

function Welcome() {
  return (
    <div class="welcome">
      <p class="welcome-line">{strings.assistant.welcome}</p>
      <p>{strings.assistant.welcomeHint}</p>
      <ul>
        {strings.assistant.suggestions.map((suggestion) => (
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
