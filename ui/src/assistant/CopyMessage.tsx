import { Check, Copy } from "lucide";
import { Icon } from "../components/Icon";
import { useCopy } from "../components/useCopy";
import { assistantStrings } from "../strings/assistant";
import { toSpeech } from "./parseMarkup";

/** The most letters of a message in the name of its button. */
const MAX_START = 40;

/** A button beside a message that copies its text. */
export function CopyMessage({ text }: { text: string }) {
  const { copied, copy } = useCopy(text, assistantStrings.copied);
  if (copy === null) return null;
  const label = copied ? assistantStrings.copied : assistantStrings.copy(startOf(toSpeech(text)));
  return (
    <button type="button" class="icon-button copy-message" aria-label={label} title={label} onClick={copy}>
      <Icon of={copied ? Check : Copy} />
    </button>
  );
}

function startOf(text: string): string {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > MAX_START ? `${letters.slice(0, MAX_START - 1).join("")}…` : letters.join("");
}
