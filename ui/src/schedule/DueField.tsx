import { CalendarDays } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RepeatFrom } from "../api/schema";
import { Icon } from "../components/Icon";
import { contextOf, readDate } from "../quick-add/readTask";
import { dayStart, firstWeekday } from "../state/userTimes";
import { language } from "../strings/language";
import { scheduleStrings } from "../strings/schedule";
import { describeDue } from "../tasks/dueDate";
import { Calendar } from "./Calendar";
import { withTimeOf } from "./choices";

/** What was said: a day or a time, and perhaps how it repeats. */
export interface DueChoice {
  /** Empty: no date. */
  readonly due: string;
  readonly repeat?: string;
  readonly repeatFrom?: RepeatFrom;
}

interface DueFieldProps {
  readonly id: string;
  readonly due: string;
  readonly onDue: (choice: DueChoice) => void;
}

/** A date in words ("fri 9"), with a calendar that unfolds below it. */
export function DueField({ id, due, onDue }: DueFieldProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    event.preventDefault();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of its controls
    <div class="due-field" onKeyDown={closeOnEscape}>
      <div class="due-line">
        <DueWords id={id} due={due} onDue={onDue} />
        <button
          ref={button}
          type="button"
          class="icon-button"
          aria-label={scheduleStrings.openCalendar}
          title={scheduleStrings.openCalendar}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon of={CalendarDays} />
        </button>
      </div>
      {open && (
        <fieldset class="due-calendar">
          <legend class="visually-hidden">{scheduleStrings.calendar}</legend>
          <Calendar day={due.slice(0, 10)} focus onDay={(day) => onDue({ due: withTimeOf(day, due) })} />
          {due !== "" && <TimeField id={`${id}-time`} due={due} onDue={onDue} />}
        </fieldset>
      )}
    </div>
  );
}

/** The field for words. What is not understood is kept and said when the field is left. */
function DueWords({ id, due, onDue }: DueFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isUnknown = typed !== null && typed.trim() !== "" && readWords(typed) === undefined;
  // The form looks for fields that are not valid before it is sent.
  useEffect(() => input.current?.setCustomValidity(isUnknown ? scheduleStrings.notUnderstood : ""), [isUnknown]);
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(null);
  }, [due]);
  const onInput = (text: string) => {
    setTyped(text);
    const reading = readWords(text);
    if (reading) onDue(reading);
    else if (text.trim() === "") onDue({ due: "" });
  };
  const shown = due === "" ? "" : describeDue(due, new Date());
  return (
    <div class="due-words">
      <input
        ref={input}
        id={id}
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        placeholder={scheduleStrings.duePlaceholder}
        value={typed ?? shown}
        aria-invalid={isUnknown && left}
        aria-describedby={`${id}-says`}
        onFocus={() => setLeft(false)}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={() => {
          setLeft(true);
          if (!isUnknown) setTyped(null);
        }}
      />
      <p id={`${id}-says`} class={isUnknown && left ? "note fault" : "note"} role="status">
        {isUnknown && left ? scheduleStrings.notUnderstood : typed !== null && !isUnknown && shown}
      </p>
    </div>
  );
}

/** The time of a day; without one the task is due on the day. */
function TimeField({ id, due, onDue }: DueFieldProps) {
  const [day = "", time = ""] = due.split("T");
  return (
    <div class="choice">
      <label for={id}>{scheduleStrings.time}</label>
      <input
        id={id}
        type="time"
        value={time}
        onChange={({ currentTarget: { value } }) => onDue({ due: value === "" ? day : `${day}T${value}` })}
      />
      {time === "" ? (
        <span class="note">{scheduleStrings.noTime}</span>
      ) : (
        <button type="button" class="plain" onClick={() => onDue({ due: day })}>
          {scheduleStrings.noTime}
        </button>
      )}
    </div>
  );
}

function readWords(text: string): DueChoice | undefined {
  const reading = readDate(text, contextOf(new Date(), language, firstWeekday.peek(), dayStart.peek()));
  if (reading?.due === undefined) return undefined;
  const { due, repeat, repeatFrom } = reading;
  return { due, ...(repeat === undefined ? {} : { repeat }), ...(repeatFrom === undefined ? {} : { repeatFrom }) };
}
