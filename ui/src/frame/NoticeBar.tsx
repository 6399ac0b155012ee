import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { announcement, dismiss, type Notice, notice } from "../state/notices";
import { appStrings } from "../strings/firstPage";

/** What went well is gone by itself after this long, unless somebody is at it; what failed stays. */
const SHOWN_MS = 15_000;

/** The live regions of a page: they are there before something is said, so that it is heard. */
export function NoticeBar() {
  const current = notice.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current?.kind !== "done") return;
    const look = () => {
      if (place.current?.matches(":hover, :focus-within")) timer = setTimeout(look, SHOWN_MS);
      else dismiss();
    };
    let timer = setTimeout(look, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <>
      <div class="visually-hidden" role="status">
        {announcement.value}
      </div>
      <div ref={place} class="notice-place">
        <div role="alert">{current?.kind === "failure" && <Shown current={current} />}</div>
        <div role="status">{current?.kind === "done" && <Shown current={current} />}</div>
      </div>
    </>
  );
}

function Shown({ current }: { current: Notice }) {
  const { action } = current;
  return (
    <div class={`notice ${current.kind}`}>
      <p>{current.text}</p>
      {action && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" class="icon-button" aria-label={appStrings.dismiss} onClick={dismiss}>
        <Icon of={X} />
      </button>
    </div>
  );
}
