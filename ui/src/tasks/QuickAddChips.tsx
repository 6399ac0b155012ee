import { X } from "lucide";
import { Icon } from "../components/Icon";
import { taskStrings } from "../strings/firstPage";
import { keepAsText, type QuickAdd } from "./quickAdd";

/** What was understood in the line for a new task. A chip that is dismissed stays in the title. */
export function QuickAddChips({ text, understood }: { text: string; understood: QuickAdd | null }) {
  if (understood === null || understood.parts.length === 0) return null;
  return (
    <ul class="chips understood" aria-label={taskStrings.understood}>
      {understood.parts.map((part) => {
        const words = text.slice(part.start, part.end).trim();
        return (
          <li key={part.start} class="chip">
            {words}
            <button
              type="button"
              class="icon-button"
              aria-label={taskStrings.keepAsText(words)}
              onClick={() => keepAsText(words)}
            >
              <Icon of={X} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
