import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { showSheet } from "../components/showSheet";
import { appStrings } from "../strings/firstPage";
import { tourStrings } from "../strings/tour";
import "../styles/dialog.css";
import "../styles/tour.css";

/** What each step points at, in the order of its texts; the first one that is on the page. */
const targets = ["form.add", ".list, .first-tasks", 'nav a[href="/activity"]', ".launcher", 'nav a[href="/settings"]'];
/** Between the part that is pointed at, the card and the edges of the window. */
const GAP_PX = 12;

export function showTour(): void {
  showSheet((remove) => <Tour onClose={remove} />);
}

/** Says of one part of the page after the other what it is for. */
function Tour({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const spot = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const steps = tourStrings.steps.map((texts, step) => ({ ...texts, target: targets[step] ?? "main" }));
  const step = steps[at];
  const isLast = at === steps.length - 1;

  useLayoutEffect(() => dialog.current?.showModal(), []);
  useLayoutEffect(() => {
    const place = () => pointAt(step?.target ?? "main", spot.current, card.current);
    place();
    card.current?.querySelector("h2")?.focus();
    addEventListener("resize", place);
    return () => removeEventListener("resize", place);
  }, [at]);

  const close = () => dialog.current?.close();
  return (
    <dialog ref={dialog} class="tour" aria-labelledby="tour-heading" onClose={onClose}>
      <div ref={spot} class="tour-spot" aria-hidden="true" />
      <div ref={card} class="tour-card">
        <p class="tour-place">{tourStrings.place(at + 1, steps.length)}</p>
        <h2 id="tour-heading" tabIndex={-1}>
          {step?.heading}
        </h2>
        <p>{step?.text}</p>
        <div class="buttons">
          {at > 0 && (
            <button type="button" class="quiet" onClick={() => setAt(at - 1)}>
              {tourStrings.back}
            </button>
          )}
          <button type="button" class="primary" onClick={isLast ? close : () => setAt(at + 1)}>
            {isLast ? tourStrings.done : tourStrings.next}
          </button>
          {!isLast && (
            <button type="button" class="plain" onClick={close}>
              {appStrings.close}
            </button>
          )}
        </div>
      </div>
    </dialog>
  );
}

/** Lights up the target and puts the card below it, or above it where there is more room. */
function pointAt(selector: string, spot: HTMLElement | null, card: HTMLElement | null): void {
  if (!spot || !card) return;
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.offsetHeight > 0);
  target?.scrollIntoView({ block: "nearest" });
  spot.hidden = target === undefined;
  const { top, bottom, left, width } = target?.getBoundingClientRect() ?? new DOMRect(0, innerHeight / 3);
  const shownBottom = Math.min(bottom, top + innerHeight / 3);
  Object.assign(spot.style, {
    top: `${top}px`,
    left: `${left}px`,
    width: `${width}px`,
    height: `${shownBottom - top}px`,
  });
  const isBelow = innerHeight - shownBottom >= top;
  const room = { width: innerWidth - card.offsetWidth - GAP_PX, height: innerHeight - card.offsetHeight - GAP_PX };
  const y = isBelow ? shownBottom + GAP_PX : top - card.offsetHeight - GAP_PX;
  card.style.left = `${Math.max(GAP_PX, Math.min(left, room.width))}px`;
  card.style.top = `${Math.max(GAP_PX, Math.min(y, room.height))}px`;
}
