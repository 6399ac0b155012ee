import type { ComponentChildren } from "preact";
import { Brand } from "./Brand";

interface EntrySheetProps {
  readonly heading: string;
  /** Null where the notice is enough. */
  readonly lead: string | null;
  readonly notice?: string | null;
  readonly children: ComponentChildren;
}

/** The centred sheet of the pages outside the frame: sign-in, passwords, consent. */
export function EntrySheet({ heading, lead, notice = null, children }: EntrySheetProps) {
  return (
    <main class="entry" id="content">
      <Brand />
      <div class="sheet">
        <h1>{heading}</h1>
        {lead && <p class="lead">{lead}</p>}
        {notice && (
          <p class="callout" role="status">
            {notice}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
