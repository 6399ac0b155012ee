// The pages and views that the frame leads to. A new view of the tasks is one entry here.

import { CircleCheckBig, History, Inbox, Settings } from "lucide";
import type { IconShape } from "../components/Icon";
import { ACTIVITY, HOME, type PageAddress, SETTINGS } from "../router";
import { appStrings } from "../strings/firstPage";
import { parseFilter } from "../tasks/list";
import { loadState, taskRows } from "../tasks/store";

export interface NavigationEntry {
  readonly to: string;
  readonly label: string;
  readonly icon: IconShape;
  /** How many tasks wait there; null where no number helps. */
  readonly count: number | null;
  readonly current: boolean;
}

/** The views of the tasks, then the pages. */
export function navigationEntries({ path, search }: PageAddress): readonly NavigationEntry[] {
  const { nav } = appStrings;
  const completed = path === HOME && parseFilter(search).status === "completed";
  const open = taskRows.value.filter((row) => !row.completed).length;
  const count = loadState.value === "ready" ? open : null;
  return [
    { to: HOME, label: nav.tasks, icon: Inbox, count, current: path === HOME && !completed },
    { to: `${HOME}?status=completed`, label: nav.completed, icon: CircleCheckBig, count: null, current: completed },
    { to: ACTIVITY, label: nav.activity, icon: History, count: null, current: path === ACTIVITY },
    { to: SETTINGS, label: nav.settings, icon: Settings, count: null, current: path === SETTINGS },
  ];
}
