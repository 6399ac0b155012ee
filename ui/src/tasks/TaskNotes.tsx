import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { taskStrings } from "../strings/firstPage";
import { LinkedText } from "./LinkedText";

/** The notes of a task: three lines of them, the rest on demand. */
export function TaskNotes({ id, text }: { id: string; text: string }) {
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  const notes = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = notes.current;
    if (box !== null && !open) setCut(box.scrollHeight > box.clientHeight + 1);
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
