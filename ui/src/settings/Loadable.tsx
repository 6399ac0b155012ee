import type { ComponentChildren } from "preact";
import { appStrings } from "../strings/firstPage";
import { settingsStrings } from "../strings/settings";

interface Props<T> {
  readonly got: T | "loading" | "failed";
  readonly reload: () => unknown;
  readonly children: (got: T) => ComponentChildren;
}

export function Loadable<T>({ got, reload, children }: Props<T>) {
  if (got === "loading") return <p role="status">{appStrings.loading}</p>;
  if (got === "failed") {
    return (
      <p class="told failure">
        {settingsStrings.loadFailed}{" "}
        <button type="button" class="plain" onClick={() => void reload()}>
          {appStrings.retry}
        </button>
      </p>
    );
  }
  return <>{children(got)}</>;
}
