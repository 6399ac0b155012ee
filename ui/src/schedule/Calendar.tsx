import { ChevronLeft, ChevronRight } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { addMonths, dayText } from "../quick-add/calendar";
import { firstWeekday } from "../state/userTimes";
import { language } from "../strings/language";
import { scheduleStrings } from "../strings/schedule";
import { localDay } from "../tasks/dueDate";
import { dayAfterKey, monthOf } from "./month";
import { numberOf } from "./rule";
import { weekdayName } from "./ruleWords";

interface CalendarProps {
  /** The chosen day, `2026-12-01`; empty without one. */
  readonly day: string;
  readonly onDay: (day: string) => void;
  /** The day gets the focus when the calendar opens. */
  readonly focus?: boolean;
}

/** A month as a grid: the arrow keys change the day, Page Up and Page Down the month. */
export function Calendar({ day, onDay, focus = false }: CalendarProps) {
  const today = numberOf(localDay(new Date()));
  const first = firstWeekday.value;
  const [current, setCurrent] = useState(day === "" ? today : numberOf(day));
  const moved = useRef(focus);
  const grid = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [current]);
  useLayoutEffect(() => {
    if (day !== "") setCurrent(numberOf(day));
  }, [day]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayAfterKey(current, event.key, event.shiftKey, first);
    if (next === null) return;
    event.preventDefault();
    moved.current = true;
    setCurrent(next);
  };
  const { year, month, weeks } = monthOf(current, first);
  const name = new Date(year, month - 1, 1).toLocaleDateString(language, { month: "long", year: "numeric" });
  return (
    <div class="calendar">
      <div class="calendar-top">
        <p aria-live="polite">{name}</p>
        <MonthButton
          label={scheduleStrings.previousMonth}
          icon={ChevronLeft}
          turn={() => setCurrent(addMonths(current, -1))}
        />
        <MonthButton
          label={scheduleStrings.nextMonth}
          icon={ChevronRight}
          turn={() => setCurrent(addMonths(current, 1))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table */}
      <table ref={grid} role="grid" aria-label={name} aria-description={scheduleStrings.keys} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6]
              .map((at) => (first + at) % 7)
              .map((weekday) => (
                <th key={weekday} scope="col" abbr={weekdayName(weekday)}>
                  {weekdayName(weekday, "short").slice(0, 2)}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((number) => number !== null)}>
              {week.map((number, weekday) =>
                number === null ? (
                  <td key={weekday} />
                ) : (
                  <td key={number}>
                    <button
                      type="button"
                      class="day"
                      tabIndex={number === current ? 0 : -1}
                      aria-label={fullDate(number)}
                      aria-pressed={dayText(number) === day}
                      aria-current={number === today ? "date" : undefined}
                      onClick={() => onDay(dayText(number))}
                    >
                      {Number(dayText(number).slice(8))}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface MonthButtonProps {
  readonly label: string;
  readonly icon: typeof ChevronLeft;
  readonly turn: () => void;
}

function MonthButton({ label, icon, turn }: MonthButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={turn}>
      <Icon of={icon} />
    </button>
  );
}

function fullDate(number: number): string {
  return new Date(`${dayText(number)}T12:00`).toLocaleDateString(language, { dateStyle: "full" });
}
