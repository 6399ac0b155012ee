// Which tasks a view shows, and in which order. The view is in the query of the page's address.

import { type TaskFilter, type TaskOrder, taskOrders } from "../api/schema";
import { foldedText, searchFinds } from "../search/foldedText";
import { today } from "../state/clock";
import type { ListRow } from "./list";

/**
 * The rows that match: by status, and by every word of the search in the title or the notes, or as the number. The tasks with
 * the ids `anyStatus` match whatever their status.
 */
export function filterRows(
  rows: readonly ListRow[],
  { status, words, due, tag, list }: TaskFilter,
  anyStatus: readonly number[] = [],
): ListRow[] {
  const finds = searchFinds(words);
  return rows.filter(
    (row) =>
      (status === "all" ||
        row.completed === (status === "completed") ||
        (row.id !== null && anyStatus.includes(row.id))) &&
      (due === undefined || isDue(row, due)) &&
      (tag === undefined || row.tags?.includes(tag)) &&
      (list === undefined || (row.list ?? "") === list) &&
      (words === "" || finds(row.id, searchText(row))),
  );
}

/** Whether the task is due today or before, or only later. */
function isDue({ due }: ListRow, when: "today" | "upcoming"): boolean {
  if (!due) return false;
  return due.slice(0, 10) <= today.value === (when === "today");
}

/** The text that a search compares, made once for each row. */
const searchTexts = new WeakMap<ListRow, string>();

function searchText(row: ListRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = foldedText(`${row.title} ${row.description ?? ""}`);
  searchTexts.set(row, text);
  return text;
}

/** How many texts are folded without a break. */
const FOLDED_AT_ONCE = 500;

/** Folds the texts before the first letter of a search needs them all. */
export async function foldAhead(rows: readonly ListRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += FOLDED_AT_ONCE) {
    rows.slice(at, at + FOLDED_AT_ONCE).forEach(searchText);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** The order of a view: the one that was chosen; where dates count, by them; else the user's own. */
export function orderOf({ sort, due }: TaskFilter): TaskOrder {
  return sort ?? (due === undefined ? "manual" : "due");
}

/** Rows that are in the user's own order, in another one; equal ones stay as they are. */
export function orderRows(rows: readonly ListRow[], order: TaskOrder): readonly ListRow[] {
  return order === "manual" ? rows : rows.toSorted(comparisons[order]);
}

const priorityRanks = { high: 0, medium: 1, low: 2, none: 3 };
/** Numbers by their value. Made when it is first used, because that takes a browser as long as drawing the page. */
let collator: Intl.Collator | null = null;

function compareTitles(one: string, other: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true });
  return collator.compare(one, other);
}

const comparisons: Readonly<Record<Exclude<TaskOrder, "manual">, (one: ListRow, other: ListRow) => number>> = {
  // A day comes before its times; what has no date is last.
  due: (one, other) => compareBytes(one.due ?? "~", other.due ?? "~"),
  priority: (one, other) => priorityRanks[one.priority ?? "none"] - priorityRanks[other.priority ?? "none"],
  title: (one, other) => compareTitles(one.title, other.title),
  newest: (one, other) => (other.id ?? Number.POSITIVE_INFINITY) - (one.id ?? Number.POSITIVE_INFINITY) || 0,
};

function compareBytes(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

export function parseFilter(search: string): TaskFilter {
  const query = new URLSearchParams(search);
  const status = query.get("status");
  const [due, tag, list, sort] = ["due", "tag", "list", "sort"].map((name) => query.get(name) ?? undefined);
  const order = taskOrders.find((known) => known === sort);
  return {
    status: status === "pending" || status === "completed" ? status : "all",
    words: query.get("q") ?? "",
    ...(due === "today" || due === "upcoming" ? { due } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(list === undefined ? {} : { list }),
    ...(order === undefined ? {} : { sort: order }),
  };
}

/** The reverse of `parseFilter`. */
export function formatFilter({ status, words, due, tag, list, sort }: TaskFilter): string {
  const query = new URLSearchParams(
    Object.entries({ due, tag, list, sort }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  if (status !== "all") query.set("status", status);
  if (words.trim() !== "") query.set("q", words);
  return query.size === 0 ? "" : `?${query}`;
}
