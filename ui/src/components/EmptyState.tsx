import type { ComponentChildren } from "preact";
import { Icon, type IconShape } from "./Icon";

interface Props {
  readonly icon: IconShape;
  readonly heading: string;
  readonly text: string;
  /** The only heading of its page. */
  readonly alone?: boolean;
  readonly trouble?: boolean;
  readonly children?: ComponentChildren;
}

/** Stands where a page, or a part of one, has nothing to show: what that means and what to do. */
export function EmptyState({ icon, heading, text, alone = false, trouble = false, children }: Props) {
  return (
    <div class="blank" role={trouble ? "alert" : undefined}>
      <span class={trouble ? "blank-mark trouble" : "blank-mark"}>
        <Icon of={icon} />
      </span>
      {alone ? <h1>{heading}</h1> : <h2>{heading}</h2>}
      <p>{text}</p>
      {children}
    </div>
  );
}
