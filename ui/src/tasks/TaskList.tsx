import { ChevronRight, CircleCheck, NotebookPen, SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";
import { Icon } from "../components/Icon";
import { Lazy, type LazyLoader } from "../components/Lazy";
import { currentAddress } from "../router";
import { drafts, type TaskDraft, textOfDraft } from "../state/drafts";
import { appStrings, authStrings, taskStrings } from "../strings/firstPage";
import { deleteCompleted } from "./commands";
import { completedOpen, showCompleted } from "./completedFold";
import { FirstTasks } from "./FirstTasks";
import { formatFilter, parseFilter } from "./filter";
import { type ListRow, sameText } from "./list";
import { Rows } from "./Rows";
import { loadFailure, loadState, refreshTasks, searchTasks, taskRows } from "./store";
import { useFocusedRow } from "./useFocusedRow";
import { rowsOfView } from "./view";

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
        text={loadFailure.value?.status === 0 ? authStrings.session.unreachable : appStrings.problems.internal}
        retry={() => void refreshTasks()}
      />
    );
  }
  if (loadState.value === "loading" && all.length === 0) return <Skeleton />;
  const { shown, folded } = rowsOfView();
  return (
    <>
      <p class="visually-hidden" role="status">
        {searching && !partial ? taskStrings.found(shown.length) : ""}
      </p>
      {loadState.value === "ready" && <LostEditsOf rows={all} />}
      {shown.length > 0 && <Rows key={formatFilter({ ...filter, words: "" })} rows={shown} label={taskStrings.list} />}
      {partial && <Skeleton />}
      {shown.length === 0 && !partial && (
        <Empty
          what={all.length === 0 ? "all" : searching ? "search" : filter.status === "all" ? "pending" : filter.status}
        />
      )}
      {folded.length > 0 && <Completed rows={folded} partial={partial} />}
      {filter.status === "completed" && !searching && shown.length > 0 && <ClearCompleted />}
    </>
  );
}

const loadLostEdits: LazyLoader<{ edits: readonly TaskDraft[] }> = () =>
  import("./LostEdits").then(({ LostEdits }) => LostEdits);

/** What was typed for tasks that are no longer among the rows. A letter that is typed draws no other row. */
function LostEditsOf({ rows }: { rows: readonly ListRow[] }) {
  const isLost = (draft: TaskDraft) =>
    !rows.some(({ id }) => id === draft.id) && !sameText(textOfDraft(draft), draft.before);
  const edits = drafts.edits.value.filter(isLost);
  return edits.length === 0 ? null : <Lazy load={loadLostEdits} with={{ edits }} waiting={null} />;
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
