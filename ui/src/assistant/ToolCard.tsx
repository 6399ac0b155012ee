import { Check, Clock, CornerUpLeft, LoaderCircle, TriangleAlert } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { taskRows } from "../tasks/store";
import type { CallState, MessageCall } from "./conversation";
import { describeCall, type UndoAction, undoFor } from "./toolCalls";

const icons = { doing: LoaderCircle, done: Check, failed: TriangleAlert, asks: Clock, denied: CornerUpLeft };

interface ToolCardProps {
  readonly call: MessageCall;
  /** Both are absent where a conversation is read-only. */
  readonly decide?: (approval: string, approve: boolean) => void;
  readonly undo?: (undo: UndoAction) => void;
}

/** What one tool call did, from its own result; asks the user where a decision is needed. */
export function ToolCard({ call, decide, undo }: ToolCardProps) {
  const { name, subjects, reason } = describeCall(call, useFirstTitles());
  const { state, approval } = call;
  const undoAction = undoFor(call);
  const allSubjects = subjects.join(", ");
  return (
    <li class={`card ${state}`}>
      <Icon of={icons[state]} />
      <span class="card-name">{name}</span>
      <span class="card-state">{stateText(state)}</span>
      {subjects.map((subject) => (
        <span key={subject} class="card-subject" dir="auto">
          {subject}
        </span>
      ))}
      {reason && <span class="card-reason">{reason}</span>}
      {state === "asks" && approval !== null && decide && (
        <div class="buttons">
          <button type="button" class="quiet danger" onClick={() => decide(approval, true)}>
            {assistantStrings.confirm(name, allSubjects)}
          </button>
          <button type="button" class="quiet" onClick={() => decide(approval, false)}>
            {assistantStrings.deny}
          </button>
        </div>
      )}
      {undoAction && undo && (
        <button
          type="button"
          class="plain"
          aria-label={assistantStrings.undo(name, allSubjects)}
          onClick={() => undo(undoAction)}
        >
          {appStrings.undo}
        </button>
      )}
    </li>
  );
}

/** Looks up the title that the task had in the user's own list when the card appeared; the task may be gone since. */
function useFirstTitles(): (id: number) => string | undefined {
  const known = useRef(new Map<number, string>());
  return (id) => {
    const title = known.current.get(id) ?? taskRows.value.find((row) => row.id === id)?.title;
    if (title !== undefined) known.current.set(id, title);
    return title;
  };
}

function stateText(state: CallState): string {
  return assistantStrings.states[state];
}
