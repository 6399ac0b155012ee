import { Plus } from "lucide";
import { useRef, useState } from "preact/hooks";
import { newIdempotencyKey } from "../api/request";
import type { NewTaskDetails, TaskFilter } from "../api/schema";
import { Icon } from "../components/Icon";
import { currentAddress, HOME, navigate } from "../router";
import { drafts } from "../state/drafts";
import { notify } from "../state/notices";
import { taskStrings } from "../strings/firstPage";
import { faultText } from "./faultText";
import { filterRows, parseFilter } from "./filter";
import { type TaskFault, taskFault } from "./list";
import { MAX_PASTED, pastedTitles } from "./pastedTitles";
import { QuickAddChips } from "./QuickAddChips";
import { detailsOf, forgetKept, hasReader, loadReader, readQuickAdd } from "./quickAdd";
import { changeTask, changeTasks } from "./store";
import { list } from "./taskState";

export const NEW_TASK_ID = "new-task";

/** The first line of the page: Enter adds its text as a task. Several pasted lines can become several tasks. */
export function AddTask() {
  const [fault, setFault] = useState<TaskFault | null>(null);
  const [pasted, setPasted] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(Promise.resolve());
  const text = drafts.newTask.value;

  const add = async (event: Event) => {
    event.preventDefault();
    input.current?.focus();
    if (!hasReader()) {
      drafts.newTask.value = "";
      drafts.unreadLines.add(text);
      await loadReader();
      drafts.unreadLines.delete(text);
    }
    const understood = readQuickAdd(text);
    const title = (understood?.title.trim() || text).trim();
    const found = taskFault(title);
    // An empty line is no mistake: perhaps a double click.
    setFault(found === "missing" ? null : found);
    if (found !== null) {
      drafts.newTask.value ||= text;
      return;
    }
    if (drafts.newTask.peek() === text) drafts.newTask.value = "";
    setPasted([]);
    forgetKept();
    const filter = parseFilter(currentAddress.peek().search);
    const details = detailsOf(understood, filter);
    void changeTask({ kind: "add", title, idempotencyKey: newIdempotencyKey(), details });
    offerToShow(title, details, filter);
    if (details.remind) offerNotifications(title);
  };
  const onPaste = (event: ClipboardEvent) => {
    const { value, selectionStart, selectionEnd } = event.currentTarget as HTMLInputElement;
    const lines = event.clipboardData?.getData("text/plain") ?? "";
    // What was typed belongs to the first line and to the last one.
    const titles = pastedTitles(`${value.slice(0, selectionStart ?? 0)}${lines}${value.slice(selectionEnd ?? 0)}`);
    setPasted(titles.length > 1 ? titles : []);
  };
  const addPasted = () => {
    const last = pasted.slice(-MAX_PASTED);
    const left = pasted.slice(0, -MAX_PASTED);
    drafts.newTask.value = left.join(" ");
    setPasted(left);
    input.current?.focus();
    const details = detailsOf(null, parseFilter(currentAddress.peek().search));
    // The last one is added first, so that the list is in the order of the text.
    const titles = last.toReversed();
    const changes = titles.map(
      (title) => ({ kind: "add", title, idempotencyKey: newIdempotencyKey(), details }) as const,
    );
    // The lines before these follow them, so that they stand above.
    sent.current = sent.current.then(() => changeTasks(changes));
  };
  const tooLong = pasted.find((title) => taskFault(title) !== null);

  return (
    <form class="add" noValidate onSubmit={add}>
      <span class="add-mark">
        <Icon of={Plus} />
      </span>
      <label class="visually-hidden" for={NEW_TASK_ID}>
        {taskStrings.newTask}
      </label>
      <input
        ref={input}
        id={NEW_TASK_ID}
        type="text"
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        placeholder={taskStrings.newTaskPlaceholder}
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={fault ? "new-task-note" : undefined}
        onFocus={() => void loadReader()}
        onPaste={onPaste}
        onInput={(event) => {
          drafts.newTask.value = event.currentTarget.value;
          if (taskFault(event.currentTarget.value) !== fault) setFault(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          if (pasted.length > 0) setPasted([]);
          else event.currentTarget.blur();
        }}
      />
      <button type="submit" class={text.trim() === "" ? "plain" : "primary"}>
        {taskStrings.add}
      </button>
      {fault && (
        <p id="new-task-note" class="note fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      {pasted.length === 0 && <QuickAddChips text={text} understood={readQuickAdd(text)} />}
      {pasted.length > 0 && (
        <div class="pasted" role="status">
          <p>{tooLong === undefined ? taskStrings.paste.question(pasted.length) : faultText("long")}</p>
          <div class="buttons">
            {tooLong === undefined && (
              <button type="button" class="primary" onClick={addPasted}>
                {taskStrings.paste.add(Math.min(pasted.length, MAX_PASTED), pasted.length > MAX_PASTED)}
              </button>
            )}
            <button type="button" class="quiet" onClick={() => setPasted([])}>
              {taskStrings.paste.one}
            </button>
          </div>
        </div>
      )}
    </form>
  );
}

/** A new task that the chosen view does not show is named, with a way to see it. */
function offerToShow(title: string, { due = null, tags, list = null }: NewTaskDetails, filter: TaskFilter): void {
  const shown = { title, due, tags: tags ?? [], list };
  const row = { id: null, key: "", description: null, completed: false, updated_at: "", ...shown };
  if (filterRows([row], filter).length > 0) return;
  notify({
    kind: "done",
    text: taskStrings.added(title),
    action: { label: taskStrings.show, run: () => navigate(HOME) },
  });
}

/** A reminder needs a way to its user. */
function offerNotifications(title: string): void {
  const { user } = list;
  if (user === null) return;
  import("../notifications/turnOnHere").then((here) => here.offerNotifications(user, title)).catch(() => undefined);
}
