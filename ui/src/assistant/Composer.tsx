import { SendHorizontal, Square } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { drafts } from "../state/drafts";
import { assistantStrings } from "../strings/assistant";
import { blockedUntil, busy, sendMessage, stopTurn, turnFailure } from "./store";

export const MESSAGE_ID = "message";

export function Composer() {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = drafts.message.value;
  const waiting = busy.value;

  useLayoutEffect(() => field.current?.focus(), []);

  const submit = (event: Event) => {
    event.preventDefault();
    field.current?.focus();
    void sendMessage();
  };

  return (
    <form class="composer" onSubmit={submit}>
      <label class="visually-hidden" for={MESSAGE_ID}>
        {assistantStrings.message}
      </label>
      <textarea
        ref={field}
        id={MESSAGE_ID}
        rows={2}
        dir="auto"
        placeholder={assistantStrings.placeholder}
        enterkeyhint="send"
        value={text}
        onInput={(event) => {
          drafts.message.value = event.currentTarget.value;
          if (blockedUntil.peek() === null) turnFailure.value = null;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
        }}
      />
      {waiting ? (
        // The key makes it a separate button: one that became "Send" during a click would send.
        <button
          key="stop"
          type="button"
          class="quiet"
          onClick={() => {
            field.current?.focus();
            stopTurn();
          }}
        >
          <Icon of={Square} />
          {assistantStrings.stop}
        </button>
      ) : (
        <button
          key="send"
          type="submit"
          class="primary"
          aria-disabled={text.trim() === "" || blockedUntil.value !== null}
        >
          <Icon of={SendHorizontal} />
          {assistantStrings.send}
        </button>
      )}
    </form>
  );
}
