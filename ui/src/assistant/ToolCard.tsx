import { Check, CircleHelp, Clock, CornerUpLeft, Eye, LoaderCircle, TriangleAlert } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { taskRows } from "../tasks/store";
import type { CallGroup } from "./callGroups";
import { conversationCalls, decideCall } from "./store";
import { changeOf, describeCalls, onlyReads, titleAmong } from "./toolCalls";
import { undoCalls } from "./undo";

const icons = {
  doing: LoaderCircle,
  done: Check,
  failed: TriangleAlert,
  asks: Clock,
  denied: CornerUpLeft,
  undone: CornerUpLeft,
  unknown: CircleHelp,
};

interface ToolCardProps {
  /** The key of the message. */
  readonly message: number;
  readonly group: CallGroup;
}

/** What the calls of one tool did, from their own results; asks once where a decision about them is needed. */
export function ToolCard({ message, group }: ToolCardProps) {
  const { calls, state, tool } = group;
  const { name, subjects, reasons, count } = describeCalls(group, useFirstTitles());
  if (onlyReads(tool) && state === "done") {
    return (
      <p class="looked">
        <Icon of={Eye} />
        {name}
      </p>
    );
  }
  const undoLabel = calls.length === 1 ? appStrings.undo : assistantStrings.undoAll;
  const undoable = calls.every((call) => changeOf(call) !== null);
  const decide = async (approve: boolean) => {
    for (const { id, approval } of calls) if (approval !== null) await decideCall(message, id, approval, approve);
  };
  return (
    <section class={`card ${state}`} aria-label={name}>
      <Icon of={icons[state]} />
      <span class="card-name">{name}</span>
      {state !== "done" && <span class="card-state">{assistantStrings.states[state]}</span>}
      {subjects.length > 0 && (
        <ul class="card-subjects">
          {subjects.map((subject) => (
            <li key={subject} dir="auto">
              {subject}
            </li>
          ))}
        </ul>
      )}
      {reasons.map((reason) => (
        <span key={reason} class="card-reason">
          {reason}
        </span>
      ))}
      {state === "asks" && (
        <div class="buttons">
          <button type="button" class="quiet danger" onClick={() => void decide(true)}>
            {assistantStrings.confirm(tool, count)}
          </button>
          <button type="button" class="quiet" onClick={() => void decide(false)}>
            {assistantStrings.deny}
          </button>
        </div>
      )}
      {undoable && (
        <button
          type="button"
          class="plain"
          aria-label={assistantStrings.undo(undoLabel, name, subjects.join(", "))}
          onClick={() => void undoCalls(message, calls)}
        >
          {undoLabel}
        </button>
      )}
    </section>
  );
}

/** Looks up the title that the task had when the card appeared; it may be gone since, and only told in the conversation. */
function useFirstTitles(): (id: number) => string | undefined {
  const known = useRef(new Map<number, string>());
  return (id) => {
    const row = taskRows.value.find((other) => other.id === id);
    const title = known.current.get(id) ?? row?.title ?? titleAmong(conversationCalls(), id);
    if (title !== undefined) known.current.set(id, title);
    return title;
  };
}
