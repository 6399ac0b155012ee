import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { currentAddress } from "../router";
import { taskStrings } from "../strings/firstPage";
import type { ListRow, NumberedRow } from "./list";
import { canMove } from "./moves";
import { TaskRow } from "./TaskRow";
import { UnsavedRow } from "./UnsavedRow";

/** How many rows are rendered at first, and again whenever the user scrolls near the end. */
const PAGE_SIZE = 60;
/** How many rows of one rendering may be new ones, so that no letter that is typed in the search waits for all. */
const STEP = 10;

const isNumbered = (row: ListRow): row is NumberedRow => row.id !== null;

const loadDrag = () => import("./drag").catch(() => null);

/** A press that may become a drag; what has its own use of a press has none of it. */
function onPress(event: PointerEvent): void {
  const { target } = event;
  if (
    event.button !== 0 ||
    !(target instanceof Element) ||
    target.closest("input, textarea, select, a, .notes, .editor")
  ) {
    return;
  }
  // Loading may take longer than the press.
  let released = false;
  const release = () => {
    released = true;
  };
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, { capture: true, once: true });
  void loadDrag().then((loaded) => !released && loaded?.watchPress(event, () => canMove.peek()));
}

/** The rows that are drawn already, and the first of the others. */
function withFewNew(rows: readonly ListRow[], drawn: ReadonlySet<string>): readonly ListRow[] {
  let left = STEP;
  return rows.filter(({ key }) => {
    if (drawn.has(key)) return true;
    left -= 1;
    return left >= 0;
  });
}

/** The rows as a list that grows as it is scrolled. */
export function Rows({ rows, label }: { rows: readonly ListRow[]; label: string }) {
  const view = currentAddress.value.search;
  const [scrolled, setScrolled] = useState({ view, limit: PAGE_SIZE });
  const limit = scrolled.view === view ? scrolled.limit : PAGE_SIZE;
  const showMore = () => setScrolled({ view, limit: limit + PAGE_SIZE });
  const end = useRef<HTMLButtonElement>(null);
  const latest = useRef(rows);
  latest.current = rows;
  const [drawn] = useState(() => new WeakMap<ListRow, VNode>());
  const hidden = rows.length - limit;
  const before = useRef<ReadonlySet<string>>(new Set());
  const shown = withFewNew(rows.slice(0, limit), before.current);
  before.current = new Set(shown.map(({ key }) => key));
  const isGrowing = shown.length < Math.min(limit, rows.length);
  const [, grow] = useState({});
  useEffect(() => {
    if (!isGrowing) return;
    const timer = setTimeout(() => grow({}));
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && showMore(), {
      rootMargin: "800px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [view, limit, hidden > 0, isGrowing]);
  const shownIds = () => latest.current.flatMap(({ id }) => id ?? []);
  /** A row that has not changed is the same element, which is not rendered again. */
  const draw = (row: ListRow) => {
    const known = drawn.get(row);
    if (known) return known;
    const element = isNumbered(row) ? (
      <TaskRow key={row.key} row={row} shownIds={shownIds} />
    ) : (
      <UnsavedRow key={row.key} row={row} />
    );
    drawn.set(row, element);
    return element;
  };
  return (
    <>
      <ul class="list" aria-label={label} onPointerDown={onPress} onPointerEnter={loadDrag}>
        {shown.map(draw)}
      </ul>
      {hidden > 0 && !isGrowing && (
        <button ref={end} type="button" class="plain wide" onClick={showMore}>
          {taskStrings.showMore(Math.min(hidden, PAGE_SIZE))}
        </button>
      )}
    </>
  );
}
