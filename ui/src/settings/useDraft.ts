import { useState } from "preact/hooks";
import { drafts } from "../state/drafts";

/**
 * The text of a field, what changes it, and what takes it as saved: what is typed and not saved is there again when the
 * page is. Not for secrets.
 */
export function useDraft(field: string, saved = ""): [string, (text: string) => void, () => void] {
  const [draft, setDraft] = useState(drafts.fields.get(field));
  const forget = () => {
    drafts.fields.delete(field);
    setDraft(undefined);
  };
  const change = (text: string) => {
    if (text === saved) return forget();
    drafts.fields.set(field, text);
    setDraft(text);
  };
  return [draft ?? saved, change, forget];
}
