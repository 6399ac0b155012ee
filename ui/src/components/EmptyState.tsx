import type { ComponentChildren } from "preact";
import { Icon, type IconShape } from "./Icon";

interface EmptyStateProps {
  readonly icon: IconShape;
  readonly heading: string;
  readonly text: string;
  /** The only heading of its page. */
  readonly alone?: boolean;
  readonly failure?: boolean;
  readonly children?: ComponentChildren;
}

/** Stands where a page, or a part of one, has nothing to show: what that means and what to do. */
export function EmptyState({ icon, heading, text, alone = false, failure = false, children }: EmptyStateProps) {
  return (
    <div class="empty-state" role={failure ? "alert" : undefined}>
      <span class={failure ? "empty-mark failure" : "empty-mark"}>
        <Icon of={icon} />
      </span>
      {alone ? <h1>{heading}</h1> : <h2>{heading}</h2>}
      <p>{text}</p>
      {children}
    </div>
  );
}
