import { X } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { notify } from "../state/notices";
import { scheduledTask } from "../state/scheduledTask";
import { appStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { scheduleStrings } from "../strings/schedule";
import { describeDue } from "../tasks/dueDate";
import { type ListRow, textOf } from "../tasks/list";
import { changeTask, taskRows, undoLast } from "../tasks/store";
import { type DayChoice, dayChoices } from "./choices";
import { type DueChoice, DueField } from "./DueField";
import "../styles/dialog.css";
import "../styles/schedule.css";
import "../styles/schedule-dialog.css";

/** Puts a task off, from its row: today, tomorrow, next week, or a day in words or in the calendar. */
export function ScheduleDialog({ id }: { id: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const row = taskRows.value.find((other) => other.id === id);
  const isKnown = row !== undefined;
  useLayoutEffect(() => dialog.current?.showModal(), [isKnown]);
  if (row === undefined) return null;
  const close = () => dialog.current?.close();
  const choose = (choice: DueChoice) => {
    close();
    moveTask(row, id, choice);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside it closes it, as Escape does
    <dialog
      ref={dialog}
      class="dialog schedule-dialog"
      aria-labelledby="schedule-name"
      onClose={() => {
        scheduledTask.value = null;
      }}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div class="schedule-top">
        <h2 id="schedule-name">{scheduleStrings.dialog(row.title)}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={appStrings.close}
          title={appStrings.close}
          onClick={close}
        >
          <Icon of={X} />
        </button>
      </div>
      <Choices due={row.due ?? ""} choose={choose} />
      <OtherDay id={`move-${id}`} due={row.due ?? ""} choose={choose} />
    </dialog>
  );
}

interface ChoicesProps {
  readonly due: string;
  readonly choose: (choice: DueChoice) => void;
}

/** The usual days, each with its date. */
function Choices({ due, choose }: ChoicesProps) {
  const now = new Date();
  return (
    <div class="schedule-choices">
      {Object.entries(dayChoices(due, now)).map(([name, choice], at) => (
        // biome-ignore lint/a11y/noAutofocus: the dialog puts the focus there
        <button key={name} type="button" autoFocus={at === 0} onClick={() => choose({ due: choice })}>
          <span>{scheduleStrings[name as DayChoice]}</span>
          <small>{dateOf(choice)}</small>
        </button>
      ))}
      {due !== "" && (
        <button type="button" onClick={() => choose({ due: "" })}>
          {scheduleStrings.noDate}
        </button>
      )}
    </div>
  );
}

function OtherDay({ id, due, choose }: ChoicesProps & { readonly id: string }) {
  const [chosen, setChosen] = useState<DueChoice>({ due });
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const wrong = form.current?.querySelector<HTMLElement>(":invalid:not(fieldset)");
    if (wrong) wrong.focus();
    else choose(chosen);
  };
  return (
    <form ref={form} class="schedule-other" noValidate onSubmit={submit}>
      <label for={id}>{scheduleStrings.pick}</label>
      <DueField id={id} due={chosen.due} onDue={setChosen} />
      <button type="submit" class="primary">
        {scheduleStrings.set}
      </button>
    </form>
  );
}

/** The weekday and the date. */
function dateOf(due: string): string {
  const day = new Date(`${due.slice(0, 10)}T12:00`);
  return day.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "short" });
}

/** Changes when the task is due, and offers to undo it: the row may no longer belong to the view. */
function moveTask(row: ListRow, id: number, { due, repeat, repeatFrom }: DueChoice): void {
  const { title } = row;
  const text = textOf(row);
  const none = { due: null, repeat: null, repeat_from: "due", remind: [] } as const;
  const times = repeat === undefined ? { due } : { due, repeat, repeat_from: repeatFrom ?? "due" };
  void changeTask({ kind: "edit", id, title, from: row, to: { ...text, ...(due === "" ? none : times) } });
  notify({
    kind: "done",
    text: due === "" ? scheduleStrings.unset(title) : scheduleStrings.moved(title, describeDue(due, new Date(), true)),
    action: { label: appStrings.undo, run: undoLast },
  });
}
