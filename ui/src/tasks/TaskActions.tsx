import { ArrowDown, ArrowUp, CalendarClock, ListPlus, Trash } from "lucide";
import { Icon, type IconShape } from "../components/Icon";
import { scheduledTask } from "../state/scheduledTask";
import { taskStrings } from "../strings/firstPage";
import type { NumberedRow } from "./list";
import { moveBy } from "./moves";
import { toggleSelected } from "./selection";
import { startAddingStep } from "./steps";

interface TaskActionsProps {
  readonly row: NumberedRow;
  readonly selected: boolean;
  /** Whether the user's own order is shown, which can be changed. */
  readonly movable: boolean;
  readonly remove: () => void;
}

/** What can be done with one task besides completing and opening it. */
export function TaskActions({ row, selected, movable, remove }: TaskActionsProps) {
  const { id, title, parent, completed } = row;
  const { moves, steps } = taskStrings;
  return (
    <div class="actions">
      {movable && <Action icon={ArrowUp} name={moves.up(title)} hint={moves.upShort} run={() => moveBy(id, -1)} />}
      {movable && <Action icon={ArrowDown} name={moves.down(title)} hint={moves.downShort} run={() => moveBy(id, 1)} />}
      {!completed && (
        <button
          type="button"
          class="icon-button"
          aria-label={taskStrings.reschedule(title)}
          title={taskStrings.rescheduleShort}
          aria-haspopup="dialog"
          onClick={() => {
            scheduledTask.value = id;
          }}
        >
          <Icon of={CalendarClock} />
        </button>
      )}
      {!parent && <Action icon={ListPlus} name={steps.addTo(title)} hint={steps.add} run={() => startAddingStep(id)} />}
      <button
        type="button"
        class="plain select"
        aria-label={taskStrings.select(title, selected)}
        onClick={() => toggleSelected(id)}
      >
        {taskStrings.selectShort(selected)}
      </button>
      <button
        type="button"
        class="icon-button danger"
        aria-label={taskStrings.delete(title)}
        title={taskStrings.deleteShort}
        onClick={remove}
      >
        <Icon of={Trash} />
      </button>
    </div>
  );
}

interface ActionProps {
  readonly icon: IconShape;
  readonly name: string;
  readonly hint: string;
  readonly run: () => void;
}

/** Keys do the same: these buttons are no stops of the Tab key. */
function Action({ icon, name, hint, run }: ActionProps) {
  return (
    <button type="button" class="icon-button" tabIndex={-1} aria-label={name} title={hint} onClick={run}>
      <Icon of={icon} />
    </button>
  );
}
