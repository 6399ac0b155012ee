import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { taskStrings } from "../strings/firstPage";
import type { ListRow, NumberedRow } from "./list";
import { canMove } from "./moves";
import { TaskRow } from "./TaskRow";
import { UnsavedRow } from "./UnsavedRow";

/** How many rows are rendered at first, and again whenever the user scrolls near the end. */
const PAGE_SIZE = 60;
/** How many of them are new in one rendering, so that no letter that is typed in the search waits for all. */
const STEP = 20;

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
  void loadDrag().then((loaded) => !released && loaded?.watchPress(event, canMove));
}

/** The rows as a list that grows as it is scrolled. */
export function Rows({ rows, label }: { rows: readonly ListRow[]; label: string }) {
  const [limit, setLimit] = useState(PAGE_SIZE);
  const [count, setCount] = useState(STEP);
  const end = useRef<HTMLButtonElement>(null);
  const latest = useRef(rows);
  latest.current = rows;
  const [drawn] = useState(() => new WeakMap<ListRow, VNode>());
  const hidden = rows.length - limit;
  const isGrowing = count < Math.min(limit, rows.length);
  useEffect(() => {
    if (!isGrowing) return;
    const timer = setTimeout(() => setCount(count + STEP));
    return () => clearTimeout(timer);
  }, [count, isGrowing]);
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setLimit(limit + PAGE_SIZE), {
      rootMargin: "800px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [limit, hidden > 0, isGrowing]);
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
        {rows.slice(0, Math.min(count, limit)).map(draw)}
      </ul>
      {hidden > 0 && !isGrowing && (
        <button ref={end} type="button" class="plain wide" onClick={() => setLimit(limit + PAGE_SIZE)}>
          {taskStrings.showMore(Math.min(hidden, PAGE_SIZE))}
        </button>
      )}
    </>
  );
}
