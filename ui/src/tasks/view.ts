// The rows that the shown view has.

import { currentAddress } from "../router";
import { completedOpen } from "./completedFold";
import { filterRows, orderOf, orderRows, parseFilter } from "./filter";
import { lingering } from "./lingering";
import type { ListRow } from "./list";
import { withoutShownSteps } from "./steps";
import { taskRows } from "./taskState";

export interface ViewRows {
  readonly shown: readonly ListRow[];
  /** The completed ones, folded away below; only where there is no search. */
  readonly folded: readonly ListRow[];
}

export function rowsOfView(): ViewRows {
  const filter = parseFilter(currentAddress.value.search);
  const rows = orderRows(withoutShownSteps(filterRows(taskRows.value, filter, lingering.value)), orderOf(filter));
  const folds = filter.status === "all" && filter.words.trim() === "";
  const isFolded = (row: ListRow) => folds && row.completed && !lingering.value.includes(row.id ?? 0);
  return { shown: rows.filter((row) => !isFolded(row)), folded: rows.filter(isFolded) };
}

/** The tasks that can be seen or scrolled to. */
export function idsInView(): number[] {
  const { shown, folded } = rowsOfView();
  return [...shown, ...(completedOpen.value ? folded : [])].flatMap(({ id }) => id ?? []);
}
