import { drafts, type TaskDraft, textOfDraft } from "../state/drafts";
import { taskStrings } from "../strings/firstPage";
import { changeTask } from "./store";
import { TaskTextBlock } from "./TaskTextBlock";

/** What was typed for tasks that are no longer in the list, to have it again or to forget it. */
export function LostEdits({ edits }: { edits: readonly TaskDraft[] }) {
  return edits.map((draft) => <LostEdit key={draft.id} draft={draft} />);
}

function LostEdit({ draft }: { draft: TaskDraft }) {
  const { id, before } = draft;
  const text = textOfDraft(draft);
  const addAgain = async () => {
    drafts.endEdit(id);
    const task = { id, ...before, completed: false };
    await changeTask({ kind: "restore", id, title: before.title, task });
    await changeTask({ kind: "edit", id, title: before.title, from: before, to: text });
  };
  return (
    <div class="callout meanwhile" role="alert">
      <p>{taskStrings.deletedElsewhere(before.title)}</p>
      <TaskTextBlock {...text} />
      <div class="buttons">
        <button type="button" class="primary" disabled={text.title === ""} onClick={() => void addAgain()}>
          {taskStrings.addAgain}
        </button>
        <button type="button" class="quiet" onClick={() => drafts.endEdit(id)}>
          {taskStrings.discard}
        </button>
      </div>
    </div>
  );
}
