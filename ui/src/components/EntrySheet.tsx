import type { ComponentChildren } from "preact";
import { Brand } from "./Brand";

interface EntrySheetProps {
  readonly heading: string;
  /** Null where the notice is enough. */
  readonly lead: string | null;
  readonly notice?: string | null;
  /** What stands beside the sheet, where there is room. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The centred sheet of the pages outside the frame: sign-in, passwords, consent. */
export function EntrySheet({ heading, lead, notice = null, beside, children }: EntrySheetProps) {
  return (
    <main class={beside ? "entry wide-entry" : "entry"} id="content">
      <Brand />
      {beside}
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
