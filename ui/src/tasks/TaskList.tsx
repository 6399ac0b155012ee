import { CircleCheck, NotebookPen, SearchX } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { Blank } from "../components/EmptyState";
import { Trouble } from "../components/ErrorState";
import { place } from "../router";
import { authStrings, taskStrings } from "../strings/firstPage";
import { matching, type Row, wantedIn } from "./list";
import { loading, refreshTasks, seekTasks, shown } from "./store";
import { TaskRow } from "./TaskRow";

/** So many lines are drawn; the next ones when somebody gets near them. */
const PAGE = 60;
/** Whoever types is not asked after each letter. */
const TYPING_MS = 250;

export function TaskList() {
  const all = shown.value;
  const wanted = wantedIn(place.value.search);
  const partial = loading.value === "partial";
  const searching = wanted.words.trim() !== "";
  useEffect(() => {
    if (!partial || (!searching && wanted.status === "all")) return;
    const timer = setTimeout(() => void seekTasks(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [partial, wanted.status, wanted.words]);
  if (loading.value === "failed") {
    return (
      <Trouble
        heading={taskStrings.loadFailed}
        text={authStrings.session.unreachable}
        retry={() => void refreshTasks()}
      />
    );
  }
  if (loading.value === "loading" && all.length === 0) return <Skeleton />;
  const rows = matching(all, wanted);
  return (
    <>
      <p class="visually-hidden" role="status">
        {searching && !partial ? taskStrings.found(rows.length) : ""}
      </p>
      {rows.length > 0 && <Rows key={place.value.search} rows={rows} />}
      {partial && <Skeleton />}
      {rows.length === 0 && !partial && (
        <Empty what={all.length === 0 ? "all" : searching ? "search" : wanted.status} />
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const [most, setMost] = useState(PAGE);
  const end = useRef<HTMLButtonElement>(null);
  const left = rows.length - most;
  useEffect(() => {
    if (end.current === null) return;
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && setMost(most + PAGE), {
      rootMargin: "800px",
    });
    near.observe(end.current);
    return () => near.disconnect();
  }, [most, left > 0]);
  return (
    <>
      <ul class="list" aria-label={taskStrings.list}>
        {rows.slice(0, most).map((row) => (
          <TaskRow key={row.key} row={row} />
        ))}
      </ul>
      {left > 0 && (
        <button ref={end} type="button" class="plain wide" onClick={() => setMost(most + PAGE)}>
          {taskStrings.showMore(Math.min(left, PAGE))}
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
  return <Blank icon={emptyIcons[what]} {...taskStrings.empty[what]} />;
}
