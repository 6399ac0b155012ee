import { CircleCheck, NotebookPen, SearchX } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";
import { currentAddress } from "../router";
import { authStrings, taskStrings } from "../strings/firstPage";
import { LostEdits } from "./LostEdits";
import { lingering } from "./lingering";
import { filterRows, type ListRow, parseFilter } from "./list";
import { loadState, refreshTasks, searchTasks, taskRows } from "./store";
import { TaskRow } from "./TaskRow";

/** How many rows are rendered at first, and again whenever the user scrolls near the end. */
const PAGE_SIZE = 60;
/** The search waits for this pause in the typing. */
const TYPING_PAUSE_MS = 250;

export function TaskList() {
  const all = taskRows.value;
  const filter = parseFilter(currentAddress.value.search);
  const partial = loadState.value === "partial";
  const searching = filter.words.trim() !== "";
  useFocusedRow();
  useEffect(() => {
    if (!partial || (!searching && filter.status === "all")) return;
    const timer = setTimeout(() => void searchTasks(filter), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [partial, filter.status, filter.words]);
  if (loadState.value === "failed") {
    return (
      <ErrorState
        heading={taskStrings.loadFailed}
        text={authStrings.session.unreachable}
        retry={() => void refreshTasks()}
      />
    );
  }
  if (loadState.value === "loading" && all.length === 0) return <Skeleton />;
  const rows = filterRows(all, filter, lingering.value);
  return (
    <>
      <p class="visually-hidden" role="status">
        {searching && !partial ? taskStrings.found(rows.length) : ""}
      </p>
      {loadState.value === "ready" && <LostEdits rows={all} />}
      {rows.length > 0 && <Rows key={currentAddress.value.search} rows={rows} />}
      {partial && <Skeleton />}
      {rows.length === 0 && !partial && (
        <Empty what={all.length === 0 ? "all" : searching ? "search" : filter.status} />
      )}
    </>
  );
}

/** When the row with the focus disappears, the focus moves to the row in its place. */
function useFocusedRow(): void {
  const findRows = () => [...document.querySelectorAll("[data-row]")];
  const at = findRows().findIndex((row) => row.contains(document.activeElement));
  useLayoutEffect(() => {
    if (at === -1 || document.activeElement !== document.body) return;
    const rows = findRows();
    const box = rows[Math.min(at, rows.length - 1)]?.querySelector<HTMLElement>(".check input");
    (box ?? document.getElementById("content"))?.focus();
  });
}

function Rows({ rows }: { rows: readonly ListRow[] }) {
  const [limit, setLimit] = useState(PAGE_SIZE);
  const end = useRef<HTMLButtonElement>(null);
  const hidden = rows.length - limit;
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setLimit(limit + PAGE_SIZE), {
      rootMargin: "800px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [limit, hidden > 0]);
  return (
    <>
      <ul class="list" aria-label={taskStrings.list}>
        {rows.slice(0, limit).map((row) => (
          <TaskRow key={row.key} row={row} />
        ))}
      </ul>
      {hidden > 0 && (
        <button ref={end} type="button" class="plain wide" onClick={() => setLimit(limit + PAGE_SIZE)}>
          {taskStrings.showMore(Math.min(hidden, PAGE_SIZE))}
        </button>
      )}
    </>
  );
}

function Skeleton() {
  return (
    <div class="list skeleton" role="status" aria-busy="true">
      <span class="visually-hidden">{taskStrings.loading}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

const emptyIcons = { all: NotebookPen, pending: CircleCheck, completed: NotebookPen, search: SearchX };

function Empty({ what }: { what: keyof typeof emptyIcons }) {
  return <EmptyState icon={emptyIcons[what]} {...taskStrings.empty[what]} />;
}
