import { drafts, type TaskDraft } from "../state/drafts";
import { scheduleStrings } from "../strings/schedule";
import { DueField } from "./DueField";
import { ReminderField } from "./ReminderField";
import { RepeatField } from "./RepeatField";
import "../styles/schedule.css";

/** When a task is due, how it repeats, and when it reminds. */
export function ScheduleFields({ draft }: { draft: TaskDraft }) {
  const { id, due = "", repeat = "", repeatFrom = "due", remind = [] } = draft;
  const set = (change: Partial<TaskDraft>) => drafts.setEdit({ ...draft, ...change });
  return (
    <div class="schedule">
      <label for={`due-${id}`}>{scheduleStrings.due}</label>
      <DueField id={`due-${id}`} due={due} onDue={set} />
      {due !== "" && (
        <>
          <label for={`repeat-${id}`}>{scheduleStrings.repeat}</label>
          <RepeatField
            id={`repeat-${id}`}
            due={due}
            repeat={repeat}
            repeatFrom={repeatFrom}
            onRepeat={(rule, from) => set({ repeat: rule, repeatFrom: from })}
          />
          <span class="schedule-label" aria-hidden="true">
            {scheduleStrings.remind}
          </span>
          <ReminderField
            id={`remind-${id}`}
            due={due}
            remind={remind}
            onRemind={(minutes) => set({ remind: minutes })}
          />
        </>
      )}
    </div>
  );
}
