import { drafts } from "../state/drafts";
import { MESSAGE_ID } from "./Composer";
import { sendMessage } from "./store";

/** Messages that are sent at once when they are pressed. */
export function Suggestions({ messages }: { messages: readonly string[] }) {
  return (
    <ul class="suggestions">
      {messages.map((message) => (
        <li key={message}>
          <button
            type="button"
            class="suggestion"
            onClick={() => {
              drafts.message.value = message;
              document.getElementById(MESSAGE_ID)?.focus();
              void sendMessage();
            }}
          >
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
