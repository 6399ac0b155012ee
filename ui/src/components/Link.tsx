import type { ComponentChildren } from "preact";
import { navigate } from "../router";

interface LinkProps {
  readonly to: string;
  readonly class?: string;
  readonly current?: boolean;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
  readonly "data-list"?: string;
}

/** A real link; a plain click navigates inside the app. */
export function Link({ to, current, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a {...rest} href={to} onClick={follow} aria-current={current ? "page" : undefined}>
      {children}
    </a>
  );
}
