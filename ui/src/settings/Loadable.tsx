import type { ComponentChildren } from "preact";
import { appStrings } from "../strings/firstPage";
import { settingsStrings } from "../strings/settings";

interface LoadableProps<T> {
  readonly got: T | "loading" | "failed";
  readonly reload: () => unknown;
  readonly children: (got: T) => ComponentChildren;
}

export function Loadable<T>({ got, reload, children }: LoadableProps<T>) {
  if (got === "loading") return <p role="status">{appStrings.loading}</p>;
  if (got === "failed") {
    return (
      <p class="callout failure">
        {settingsStrings.loadFailed}{" "}
        <button type="button" class="plain" onClick={() => void reload()}>
          {appStrings.retry}
        </button>
      </p>
    );
  }
  return <>{children(got)}</>;
}
