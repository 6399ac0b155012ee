import { ChevronRight, CircleCheck, NotebookPen, SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";
import { Icon } from "../components/Icon";
import { currentAddress } from "../router";
import { appStrings, authStrings, taskStrings } from "../strings/firstPage";
import { deleteCompleted } from "./commands";
import { completedOpen, showCompleted } from "./completedFold";
import { FirstTasks } from "./FirstTasks";
import { filterRows, orderOf, orderRows, parseFilter } from "./filter";
import { LostEdits } from "./LostEdits";
import { lingering } from "./lingering";
import type { ListRow } from "./list";
import { Rows } from "./Rows";
import { withoutShownSteps } from "./steps";
import { loadFailure, loadState, refreshTasks, searchTasks, taskRows } from "./store";
import { useFocusedRow } from "./useFocusedRow";

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
        text={
          loadFailure.value?.status === 0 ? authStrings.session.unreachable : (appStrings.problems.codes.internal ?? "")
        }
        retry={() => void refreshTasks()}
      />
    );
  }
  if (loadState.value === "loading" && all.length === 0) return <Skeleton />;
  const rows = orderRows(withoutShownSteps(filterRows(all, filter, lingering.value)), orderOf(filter));
  // Without a search the completed tasks of the whole list are folded away.
  const folds = filter.status === "all" && !searching;
  const isFolded = (row: ListRow) => folds && row.completed && !lingering.value.includes(row.id ?? 0);
  const shown = rows.filter((row) => !isFolded(row));
  const folded = rows.filter(isFolded);
  return (
    <>
      <p class="visually-hidden" role="status">
        {searching && !partial ? taskStrings.found(rows.length) : ""}
      </p>
      {loadState.value === "ready" && <LostEdits rows={all} />}
      {shown.length > 0 && <Rows key={currentAddress.value.search} rows={shown} label={taskStrings.list} />}
      {partial && <Skeleton />}
      {shown.length === 0 && !partial && (
        <Empty
          what={all.length === 0 ? "all" : searching ? "search" : filter.status === "all" ? "pending" : filter.status}
        />
      )}
      {folded.length > 0 && <Completed rows={folded} partial={partial} />}
      {filter.status === "completed" && !searching && rows.length > 0 && <ClearCompleted />}
    </>
  );
}

/** `partial`: how many there are is not known yet. */
function Completed({ rows, partial }: { rows: readonly ListRow[]; partial: boolean }) {
  const open = completedOpen.value;
  const label = partial ? taskStrings.filters.completed : taskStrings.completedCount(rows.length);
  return (
    <>
      <button type="button" class="fold" aria-expanded={open} onClick={() => showCompleted(!open)}>
        <Icon of={ChevronRight} />
        {label}
      </button>
      {open && (
        <>
          <Rows rows={rows} label={label} />
          {!partial && <ClearCompleted />}
        </>
      )}
    </>
  );
}

function ClearCompleted() {
  return (
    <div class="list-end">
      <button type="button" class="plain danger" onClick={deleteCompleted}>
        {taskStrings.clearCompleted}
      </button>
    </div>
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
  return (
    <EmptyState icon={emptyIcons[what]} {...taskStrings.empty[what]}>
      {what === "all" && <FirstTasks />}
    </EmptyState>
  );
}
