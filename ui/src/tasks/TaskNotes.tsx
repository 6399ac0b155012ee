import { useEffect, useRef, useState } from "preact/hooks";
import { taskStrings } from "../strings/firstPage";
import { LinkedText } from "./LinkedText";

/** What each box is told: whether its text is cut. */
const listeners = new WeakMap<Element, (cut: boolean) => void>();
/** One for all boxes, so that all heights are read before anything is drawn; it is called when they are laid out anyway. */
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) listeners.get(target)?.(target.scrollHeight > target.clientHeight + 1);
});

/** The notes of a task: three lines of them, the rest on demand. */
export function TaskNotes({ id, text }: { id: string; text: string }) {
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  const notes = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = notes.current;
    if (box === null || open) return;
    listeners.set(box, setCut);
    observer.observe(box);
    return () => observer.unobserve(box);
  }, [text, open]);
  return (
    <>
      <div ref={notes} id={id} class={open ? "notes open" : "notes"}>
        <LinkedText text={text} />
      </div>
      {(cut || open) && (
        <button type="button" class="more-notes" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? taskStrings.lessNotes : taskStrings.moreNotes}
        </button>
      )}
    </>
  );
}
