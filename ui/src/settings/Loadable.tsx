import type { ComponentChildren } from "preact";
import { appStrings } from "../strings/firstPage";
import { settingsStrings } from "../strings/settings";

interface LoadableProps<T> {
  readonly content: T | "loading" | "failed";
  readonly reload: () => unknown;
  readonly children: (content: T) => ComponentChildren;
}

export function Loadable<T>({ content, reload, children }: LoadableProps<T>) {
  if (content === "loading") return <p role="status">{appStrings.loading}</p>;
  if (content === "failed") {
    return (
      <p class="callout failure">
        {settingsStrings.loadFailed}{" "}
        <button type="button" class="plain" onClick={() => void reload()}>
          {appStrings.retry}
        </button>
      </p>
    );
  }
  return <>{children(content)}</>;
}
