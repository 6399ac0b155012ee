import type { ComponentChildren } from "preact";
import { Brand } from "./Brand";

interface Props {
  readonly heading: string;
  /** Null where the notice says all. */
  readonly lead: string | null;
  readonly notice?: string | null;
  readonly children: ComponentChildren;
}

/** The sheet of paper in the middle that the pages before the list are written on. */
export function EntrySheet({ heading, lead, notice = null, children }: Props) {
  return (
    <main class="entry" id="content">
      <Brand />
      <div class="sheet">
        <h1>{heading}</h1>
        {lead && <p class="lead">{lead}</p>}
        {notice && (
          <p class="told" role="status">
            {notice}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
