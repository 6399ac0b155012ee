// What the palette offers: what can be done with the task that had the focus, every view and page, what can be done
// anywhere, and the tasks with the typed words.

import {
  CalendarClock,
  Circle,
  CircleCheck,
  Compass,
  Keyboard,
  ListPlus,
  Pencil,
  Plus,
  Redo2,
  Search,
  Sparkles,
  SquareCheck,
  Trash,
  Undo2,
} from "lucide";
import type { IconShape } from "../components/Icon";
import { focusOnTasks } from "../frame/focusOnTasks";
import { navigationEntries } from "../frame/navigation";
import { openHelp } from "../frame/openHelp";
import { currentAddress, HOME, navigate } from "../router";
import { foldedText } from "../search/foldedText";
import { openAssistant } from "../state/assistant";
import { scheduledTask } from "../state/scheduledTask";
import { appStrings, taskStrings } from "../strings/firstPage";
import { paletteStrings } from "../strings/palette";
import { NEW_TASK_ID } from "../tasks/AddTask";
import { deleteTask, editTask, toggleTask } from "../tasks/commands";
import { filterRows, formatFilter } from "../tasks/filter";
import { openListDialog } from "../tasks/openListDialog";
import { SEARCH_ID } from "../tasks/SearchField";
import { toggleSelected } from "../tasks/selection";
import { startAddingStep } from "../tasks/steps";
import { redoLast, taskRows, undoLast } from "../tasks/store";
import { openTour } from "../tour/openTour";

/** How many tasks are listed at most. */
const MAX_TASKS = 20;

export interface PaletteChoice {
  readonly label: string;
  readonly icon: IconShape;
  /** What it is, or the key that does the same. */
  readonly hint?: string;
  readonly key?: string;
  readonly run: () => void;
}

/** The choices with all typed words; those that begin with them come first. */
export function findChoices(typed: string, task: number | null): readonly PaletteChoice[] {
  const words = foldedText(typed).trim();
  const named = [...actsOnTask(task), ...places(), ...acts()].map((choice) => ({
    choice,
    name: foldedText(choice.label),
  }));
  const found = named.filter(({ name }) => words.split(/\s+/).every((word) => name.includes(word)));
  const first = found.filter(({ name }) => name.startsWith(words));
  const ranked = [...first, ...found.filter((other) => !first.includes(other))].map(({ choice }) => choice);
  return words === "" ? ranked : [...ranked, ...foundTasks(typed)];
}

function places(): PaletteChoice[] {
  return navigationEntries(currentAddress.peek()).map(({ to, label, icon, list, tag }) => ({
    label,
    icon,
    hint: list ? paletteStrings.list : tag ? paletteStrings.tag : paletteStrings.place,
    run: () => navigate(to),
  }));
}

function acts(): PaletteChoice[] {
  const strings = paletteStrings;
  return [
    { label: taskStrings.newTask, icon: Plus, key: "N", run: () => focusOnTasks(NEW_TASK_ID) },
    { label: taskStrings.search, icon: Search, key: "/", run: () => focusOnTasks(SEARCH_ID) },
    { label: appStrings.nav.newList, icon: ListPlus, run: () => openListDialog(null) },
    { label: appStrings.launcher.open, icon: Sparkles, key: "A", run: () => openAssistant() },
    { label: strings.undo, icon: Undo2, key: "U", run: undoLast },
    { label: strings.redo, icon: Redo2, run: redoLast },
    { label: appStrings.shortcuts, icon: Keyboard, key: "?", run: openHelp },
    { label: appStrings.tour, icon: Compass, run: openTour },
  ];
}

/** What can be done with the task that had the focus. */
function actsOnTask(id: number | null): PaletteChoice[] {
  const row = taskRows.peek().find((other) => other.id === id);
  if (!row || id === null) return [];
  const { title, completed, parent } = row;
  const schedule = () => {
    scheduledTask.value = id;
  };
  return [
    { label: paletteStrings.complete(title, completed), icon: CircleCheck, key: "X", run: () => toggleTask(id) },
    { label: taskStrings.rename(title), icon: Pencil, key: "E", run: () => editTask(id) },
    ...(completed ? [] : [{ label: taskStrings.reschedule(title), icon: CalendarClock, run: schedule }]),
    ...(parent
      ? []
      : [{ label: taskStrings.steps.addTo(title), icon: ListPlus, key: "T", run: () => startAddingStep(id) }]),
    { label: taskStrings.select(title, false), icon: SquareCheck, key: "S", run: () => toggleSelected(id) },
    { label: taskStrings.delete(title), icon: Trash, key: "⌫", run: () => deleteTask(id) },
  ];
}

function foundTasks(words: string): PaletteChoice[] {
  const rows = filterRows(taskRows.peek(), { status: "all", words });
  const openFirst = [...rows.filter((row) => !row.completed), ...rows.filter((row) => row.completed)];
  return openFirst.slice(0, MAX_TASKS).flatMap(({ id, title, completed }) => {
    if (id === null) return [];
    return { label: title, icon: completed ? CircleCheck : Circle, hint: taskStrings.number(id), run: () => goTo(id) };
  });
}

/** Moves the focus to the task; where it is not on the page, it is looked up by its number. */
function goTo(id: number): void {
  if (focusTask(id)) return;
  navigate(HOME + formatFilter({ status: "all", words: taskStrings.number(id) }));
  queueMicrotask(() => focusTask(id));
}

function focusTask(id: number): boolean {
  const box = document.querySelector<HTMLElement>(`[data-task="${id}"] input`);
  box?.focus();
  return box !== null;
}
