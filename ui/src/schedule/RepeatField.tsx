import { useState } from "preact/hooks";
import type { RepeatFrom } from "../api/schema";
import { scheduleStrings } from "../strings/schedule";
import { describeDue } from "../tasks/dueDate";
import {
  frequencies,
  nextDay,
  offeredRules,
  parseRule,
  printRule,
  type RuleParts,
  WEEKDAY_CODES,
  withFrequency,
} from "./rule";
import { describeRule, weekdayName } from "./ruleWords";

interface RepeatFieldProps {
  readonly id: string;
  readonly due: string;
  /** Empty: it does not repeat. */
  readonly repeat: string;
  readonly repeatFrom: RepeatFrom;
  readonly onRepeat: (repeat: string, from: RepeatFrom) => void;
}

/** How a task repeats: the usual rules, what can be said about them, and in words what will happen. */
export function RepeatField(props: RepeatFieldProps) {
  const { id, due, repeat, repeatFrom, onRepeat } = props;
  const offered = offeredRules(due);
  const rules = repeat === "" || offered.includes(repeat) ? offered : [...offered, repeat];
  const rule = parseRule(repeat);
  return (
    <div class="repeat-field">
      <select id={id} value={repeat} onChange={({ currentTarget: { value } }) => onRepeat(value, repeatFrom)}>
        <option value="">{scheduleStrings.never}</option>
        {rules.map((text) => (
          <option key={text} value={text}>
            {capitalised(describeRule(text))}
          </option>
        ))}
      </select>
      {repeat !== "" && (
        <>
          <p class="note" role="status">
            {saying(props)}
          </p>
          {rule !== null && (
            <details class="fine">
              <summary>{scheduleStrings.fine}</summary>
              <RuleFields
                id={id}
                due={due}
                rule={rule}
                from={repeatFrom}
                onRule={(changed) => onRepeat(printRule(changed), repeatFrom)}
                onFrom={(from) => onRepeat(repeat, from)}
              />
            </details>
          )}
        </>
      )}
    </div>
  );
}

/** What will happen. */
function saying({ due, repeat, repeatFrom }: RepeatFieldProps): string {
  const rule = parseRule(repeat);
  const repeats = scheduleStrings.repeats(describeRule(repeat, repeatFrom));
  if (rule === null) return repeats;
  if (repeatFrom === "completion") return `${repeats} ${scheduleStrings.fromDone}`;
  const next = nextDay(rule, due);
  const then = next === null ? scheduleStrings.last : scheduleStrings.next(describeDue(next, new Date(), true));
  return `${repeats} ${then}`;
}

interface RuleFieldsProps {
  readonly id: string;
  readonly due: string;
  readonly rule: RuleParts;
  readonly from: RepeatFrom;
  readonly onRule: (rule: RuleParts) => void;
  readonly onFrom: (from: RepeatFrom) => void;
}

function RuleFields({ id, due, rule, from, onRule, onFrom }: RuleFieldsProps) {
  return (
    <div class="rule">
      <div class="choice">
        <label for={`${id}-every`}>{scheduleStrings.every}</label>
        <NumberField
          id={`${id}-every`}
          value={rule.interval}
          max={999}
          onNumber={(interval) => onRule({ ...rule, interval })}
        />
        <select
          aria-label={scheduleStrings.otherUnit}
          value={rule.frequency}
          onChange={({ currentTarget: { value } }) =>
            onRule(withFrequency(rule, frequencies.find((name) => name === value) ?? "DAILY", due))
          }
        >
          {frequencies.map((name, at) => (
            <option key={name} value={name}>
              {scheduleStrings.units[at]}
            </option>
          ))}
        </select>
      </div>
      {rule.frequency === "WEEKLY" && <WeekdayFields rule={rule} onRule={onRule} />}
      <EndFields id={id} due={due} rule={rule} onRule={onRule} />
      <label class="tick">
        <input
          type="checkbox"
          checked={from === "completion"}
          onChange={(event) => onFrom(event.currentTarget.checked ? "completion" : "due")}
        />
        {scheduleStrings.fromCompletion}
      </label>
    </div>
  );
}

type RulePartProps = Pick<RuleFieldsProps, "rule" | "onRule">;

function WeekdayFields({ rule, onRule }: RulePartProps) {
  const toggle = (code: string) => {
    const weekdays = WEEKDAY_CODES.filter((name) => rule.weekdays.includes(name) !== (name === code));
    onRule({ ...rule, weekdays });
  };
  return (
    <fieldset class="choice toggles">
      <legend>{scheduleStrings.onDays}</legend>
      {WEEKDAY_CODES.map((code, weekday) => (
        <button
          key={code}
          type="button"
          class="toggle"
          title={weekdayName(weekday)}
          aria-pressed={rule.weekdays.includes(code)}
          onClick={() => toggle(code)}
        >
          {weekdayName(weekday, "short").slice(0, 2)}
        </button>
      ))}
    </fieldset>
  );
}

function EndFields({ id, due, rule, onRule }: RulePartProps & Pick<RuleFieldsProps, "id" | "due">) {
  const { until, count } = rule;
  const end = until !== null ? "until" : count !== null ? "count" : "never";
  const ends = { never: scheduleStrings.endsNever, until: scheduleStrings.endsUntil, count: scheduleStrings.endsCount };
  const choose = (wanted: string) =>
    onRule({ ...rule, until: wanted === "until" ? due.slice(0, 10) : null, count: wanted === "count" ? 10 : null });
  return (
    <div class="choice">
      <label for={`${id}-ends`}>{scheduleStrings.ends}</label>
      <select id={`${id}-ends`} value={end} onChange={(event) => choose(event.currentTarget.value)}>
        {Object.entries(ends).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      {until !== null && (
        <input
          type="date"
          aria-label={scheduleStrings.lastDay}
          min={due.slice(0, 10)}
          value={until}
          onChange={({ currentTarget: { value } }) => value !== "" && onRule({ ...rule, until: value })}
        />
      )}
      {count !== null && (
        <NumberField
          label={scheduleStrings.count}
          value={count}
          max={999}
          onNumber={(wanted) => onRule({ ...rule, count: wanted })}
        />
      )}
    </div>
  );
}

interface NumberFieldProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: number;
  readonly max: number;
  readonly onNumber: (value: number) => void;
}

/** A whole number from 1 on. What is none is not taken over. */
export function NumberField({ id, label, value, max, onNumber }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      id={id}
      class="short"
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={1}
      max={max}
      value={typed ?? value}
      onInput={({ currentTarget: input }) => {
        setTyped(input.value);
        const wanted = input.valueAsNumber;
        if (Number.isInteger(wanted) && wanted >= 1 && wanted <= max) onNumber(wanted);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
