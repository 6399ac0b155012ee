import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { announcement, dismiss, type Notice, notice } from "../state/notices";
import { appStrings } from "../strings/firstPage";

/** A notice of success disappears after this time, unless it is hovered or has the focus; a failure stays. */
const SHOWN_MS = 15_000;

/** The live regions of a page. They exist before their text does, so that screen readers announce it. */
export function NoticeBar() {
  const current = notice.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current?.kind !== "done") return;
    const hideUnlessInUse = () => {
      if (place.current?.matches(":hover, :focus-within")) timer = setTimeout(hideUnlessInUse, SHOWN_MS);
      else dismiss();
    };
    let timer = setTimeout(hideUnlessInUse, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <>
      <div class="visually-hidden" role="status">
        {announcement.value}
      </div>
      <div ref={place} class="notice-place">
        <div role="alert">{current?.kind === "failure" && <NoticeCard current={current} />}</div>
        <div role="status">{current?.kind === "done" && <NoticeCard current={current} />}</div>
      </div>
    </>
  );
}

function NoticeCard({ current }: { current: Notice }) {
  const { action } = current;
  return (
    <div class={`notice ${current.kind}`}>
      <p>{current.text}</p>
      <div>
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
    </div>
  );
}
