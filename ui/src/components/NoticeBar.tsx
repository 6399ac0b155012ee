import { announcement, dismiss, notice } from "../notices";
import { strings } from "../strings";
import { Icon } from "./Icon";

/** The live regions of a page: they are there before something is said, so that it is heard. */
export function NoticeBar() {
  const current = notice.value;
  return (
    <>
      <div class="visually-hidden" role="status">
        {announcement.value}
      </div>
      <div class="notice-place" role="alert">
        {current && (
          <div class="notice">
            <p>{current.text}</p>
            {current.retry && (
              <button
                type="button"
                class="plain"
                onClick={() => {
                  dismiss();
                  current.retry?.();
                }}
              >
                {strings.retry}
              </button>
            )}
            <button type="button" class="icon-button" aria-label={strings.dismiss} onClick={dismiss}>
              <Icon name="close" />
            </button>
          </div>
        )}
      </div>
    </>
  );
}
