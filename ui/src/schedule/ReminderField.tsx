import { Check } from "lucide";
import { useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { ReminderPrompt } from "../notifications/ReminderPrompt";
import { reminderTime } from "../state/userTimes";
import { scheduleStrings } from "../strings/schedule";
import { describeDue } from "../tasks/dueDate";
import { list } from "../tasks/taskState";
import { NumberField } from "./RepeatField";
import {
  lengthOf,
  localTime,
  MAX_MINUTES,
  MAX_REMINDERS,
  OFFERED_REMINDERS,
  type ReminderUnit,
  reminderMoment,
  reminderUnits,
  toggleReminder,
} from "./reminders";

interface ReminderFieldProps {
  readonly id: string;
  readonly due: string;
  readonly remind: readonly number[];
  readonly onRemind: (remind: readonly number[]) => void;
}

/** When to be reminded: chips, a number of one's own, and in words what will happen. */
export function ReminderField({ id, due, remind, onRemind }: ReminderFieldProps) {
  const [other, setOther] = useState(false);
  const isFull = remind.length >= MAX_REMINDERS;
  const own = remind.filter((minutes) => !OFFERED_REMINDERS.some((offered) => offered === minutes));
  return (
    <div class="remind-field">
      <fieldset class="toggles">
        <legend class="visually-hidden">{scheduleStrings.remind}</legend>
        {[...OFFERED_REMINDERS, ...own].map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="toggle"
            aria-pressed={remind.includes(minutes)}
            aria-disabled={isFull && !remind.includes(minutes)}
            onClick={() => onRemind(toggleReminder(remind, minutes))}
          >
            {remind.includes(minutes) && <Icon of={Check} />}
            {describeLength(minutes)}
          </button>
        ))}
        {!isFull && (
          <button type="button" class="toggle" aria-expanded={other} onClick={() => setOther(!other)}>
            {scheduleStrings.other}
          </button>
        )}
      </fieldset>
      {other && !isFull && (
        <OtherReminder
          id={`${id}-other`}
          add={(minutes) => {
            if (!remind.includes(minutes)) onRemind(toggleReminder(remind, minutes));
            setOther(false);
          }}
        />
      )}
      <p class="note" role="status">
        {saying(due, remind)} {isFull && scheduleStrings.most(MAX_REMINDERS)}
      </p>
      {remind.length > 0 && list.user !== null && <ReminderPrompt user={list.user} />}
    </div>
  );
}

/** A reminder of one's own: a number and a unit. */
function OtherReminder({ id, add }: { id: string; add: (minutes: number) => void }) {
  const [count, setCount] = useState(30);
  const [unit, setUnit] = useState<ReminderUnit>("minute");
  const minutes = Math.min(MAX_MINUTES, count * reminderUnits[unit]);
  return (
    <div class="choice">
      <NumberField
        id={id}
        label={scheduleStrings.otherNumber}
        value={count}
        max={MAX_MINUTES / reminderUnits[unit]}
        onNumber={setCount}
      />
      <select
        aria-label={scheduleStrings.otherUnit}
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value as ReminderUnit)}
      >
        {Object.entries(scheduleStrings.reminderUnits).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <button type="button" class="quiet" onClick={() => add(minutes)}>
        {scheduleStrings.add}
      </button>
    </div>
  );
}

function describeLength(minutes: number): string {
  if (minutes === 0) return scheduleStrings.atDue;
  const { count, unit } = lengthOf(minutes);
  return scheduleStrings.before(scheduleStrings.lengths[unit](count));
}

/** "Reminds you Tue, 1 Dec, 16:50 and tomorrow, 9:00." */
function saying(due: string, remind: readonly number[]): string {
  const now = new Date();
  const moments = remind
    .map((minutes) => reminderMoment(due, minutes, reminderTime.value))
    .sort((a, b) => Number(a) - Number(b));
  const told = (some: readonly Date[]) =>
    some.map((moment) => describeDue(localTime(moment), now, true)).join(scheduleStrings.and);
  const [past, coming] = [moments.filter((moment) => moment <= now), moments.filter((moment) => moment > now)];
  return [
    coming.length > 0 ? scheduleStrings.reminds(told(coming)) : "",
    past.length > 0 ? scheduleStrings.past(told(past)) : "",
  ].join(" ");
}
