import type { ComponentChildren } from "preact";
import { strings } from "../strings";
import { words } from "../strings/account";

interface Props<T> {
  readonly got: T | "loading" | "failed";
  readonly reload: () => unknown;
  readonly children: (got: T) => ComponentChildren;
}

export function Loaded<T>({ got, reload, children }: Props<T>) {
  if (got === "loading") return <p role="status">{strings.loading}</p>;
  if (got === "failed") {
    return (
      <p class="told failure">
        {words.settings.loadFailed}{" "}
        <button type="button" class="plain" onClick={() => void reload()}>
          {strings.retry}
        </button>
      </p>
    );
  }
  return <>{children(got)}</>;
}
