// Lucide's icons. They inherit their colour and are hidden from screen readers: each stands beside a text.

import type { X } from "lucide";
import { h } from "preact";

export type IconShape = typeof X;

export function Icon({ of }: { of: IconShape }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
