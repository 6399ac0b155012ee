// The pages and views that the frame leads to. A new view of the tasks is one entry here.

import { Calendar, CalendarDays, CircleCheckBig, Hash, History, Inbox, List, ListTodo, Settings } from "lucide";
import type { TaskFilter } from "../api/schema";
import type { IconShape } from "../components/Icon";
import { ACTIVITY, HOME, type PageAddress, SETTINGS } from "../router";
import { appStrings } from "../strings/firstPage";
import { formatFilter, parseFilter } from "../tasks/filter";
import { dueToday, hasDates, knownTags, taskCounts } from "../tasks/known";
import { colorOf, shownLists } from "../tasks/lists";
import { loadState } from "../tasks/store";

export interface NavigationEntry {
  readonly to: string;
  readonly label: string;
  readonly icon: IconShape;
  /** How many tasks wait there; null where no number helps. */
  readonly count: number | null;
  readonly current: boolean;
  /** Only where there is room for a column. */
  readonly wide?: boolean;
  /** The list that it shows, onto which tasks can be dropped (empty: the inbox), and its class of colour. */
  readonly list?: string;
  readonly tone?: string;
  /** The tag that it shows. */
  readonly tag?: string;
}

const everything: TaskFilter = { status: "all", words: "" };

/** Where the way to make a list stands: behind the lists, or where they would be. */
export function placeOfNewList(entries: readonly NavigationEntry[]): number {
  const last = entries.findLastIndex(({ list }) => list !== undefined);
  return last === -1 ? entries.findLastIndex(({ to }) => /due=|^\/$/.test(to)) + 1 : last + 1;
}

/** The views of the tasks, then the pages. Views by date, list and tag are there as soon as a task has one. */
export function navigationEntries({ path, search }: PageAddress): readonly NavigationEntry[] {
  const { nav } = appStrings;
  const { sort: _, ...filter } = parseFilter(search);
  const shown = path === HOME ? formatFilter({ ...filter, words: "" }) : null;
  const ready = loadState.value === "ready";
  const view = (label: string, icon: IconShape, filter: Partial<TaskFilter>, count: number | null = null) => {
    const query = formatFilter({ ...everything, ...filter });
    return { to: HOME + query, label, icon, count, current: shown === query };
  };
  const tasks = view(nav.tasks, ListTodo, {}, ready ? taskCounts.value.open : null);
  const page = (to: string, label: string, icon: IconShape) => ({ to, label, icon, count: null, current: path === to });
  return [
    { ...tasks, current: tasks.current || shown === "?status=pending" },
    ...(hasDates.value
      ? [
          view(nav.today, Calendar, { due: "today" }, dueToday.value),
          { ...view(nav.upcoming, CalendarDays, { due: "upcoming" }), wide: true },
        ]
      : []),
    ...(shownLists.value.length > 0 ? [{ ...view(nav.inbox, Inbox, { list: "" }), wide: true, list: "" }] : []),
    ...shownLists.value.map(({ name }) => ({
      ...view(name, List, { list: name }),
      wide: true,
      list: name,
      tone: colorOf(name),
    })),
    ...knownTags.value.map((tag) => ({ ...view(tag, Hash, { tag }), wide: true, tag })),
    view(nav.completed, CircleCheckBig, { status: "completed" }),
    page(ACTIVITY, nav.activity, History),
    page(SETTINGS, nav.settings, Settings),
  ];
}
