// Lucide's icons. They inherit colour and never carry meaning alone.

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
