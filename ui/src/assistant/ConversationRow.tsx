import { Pencil, Trash } from "lucide";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as api from "../api/chat";
import { toApiError } from "../api/problem";
import type { ConversationSummary } from "../api/schema";
import { selectDrawn } from "../browser/focus";
import { Icon } from "../components/Icon";
import { notify } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings, taskStrings } from "../strings/firstPage";
import { language } from "../strings/language";

/** The longest title, as the server has it. */
const MAX_TITLE = 80;

interface ConversationRowProps {
  readonly user: string;
  readonly summary: ConversationSummary;
  /** The day that begins with this row. */
  readonly day: string | null;
  readonly open: () => void;
  readonly remove: (button: HTMLElement) => void;
  readonly renamed: (id: number, title: string) => void;
}

/** A conversation in their list. Its title is changed in place. */
export function ConversationRow({ user, summary, day, open, remove, renamed }: ConversationRowProps) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const returnFocus = useRef(false);
  const title = summary.title || assistantStrings.conversations.untitled;
  useLayoutEffect(() => {
    if (!editing && returnFocus.current) pencil.current?.focus();
    returnFocus.current = false;
  }, [editing]);
  const close = (hadFocus: boolean) => {
    returnFocus.current = hadFocus;
    setEditing(false);
  };
  /** Tells the server the new title, and offers the way back. */
  const rename = async (wanted: string) => {
    renamed(summary.id, await api.renameConversation(user, summary.id, wanted));
    const undo = () => renameBack(user, summary, renamed);
    const text = assistantStrings.conversations.renamed(title, wanted);
    notify({ kind: "done", text, action: { label: appStrings.undo, run: undo } });
  };
  return (
    <li>
      {day !== null && <h3>{day}</h3>}
      {editing ? (
        <TitleForm title={summary.title} rename={rename} close={close} />
      ) : (
        <>
          <button type="button" class="conversation" onClick={open}>
            <span dir="auto">{title}</span>
            <time dateTime={summary.updated_at}>{timeOf(summary)}</time>
          </button>
          <button
            ref={pencil}
            type="button"
            class="icon-button"
            aria-label={assistantStrings.conversations.rename(title)}
            onClick={() => setEditing(true)}
          >
            <Icon of={Pencil} />
          </button>
          <button
            type="button"
            class="icon-button danger"
            aria-label={taskStrings.delete(title)}
            onClick={(event) => remove(event.currentTarget)}
          >
            <Icon of={Trash} />
          </button>
        </>
      )}
    </li>
  );
}

async function renameBack(user: string, { id, title }: ConversationSummary, renamed: ConversationRowProps["renamed"]) {
  try {
    renamed(id, await api.renameConversation(user, id, title));
  } catch (cause) {
    notify({ kind: "failure", text: toApiError(cause).sentence });
  }
}

interface TitleFormProps {
  readonly title: string;
  readonly rename: (title: string) => Promise<void>;
  readonly close: (hadFocus: boolean) => void;
}

/** Enter and leaving save what was typed; while that fails, the field stays. Escape keeps the title as it was. */
function TitleForm({ title, rename, close }: TitleFormProps) {
  const [typed, setTyped] = useState(title);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const dropped = useRef(false);
  useLayoutEffect(() => selectDrawn(form.current?.querySelector("input")), []);
  const hasFocus = () => form.current?.contains(document.activeElement) === true;
  const save = async () => {
    const wanted = typed.trim();
    if (saving || dropped.current) return;
    if (wanted === "" || wanted === title) return close(hasFocus());
    setSaving(true);
    try {
      await rename(wanted);
      close(hasFocus());
    } catch (cause) {
      notify({ kind: "failure", text: toApiError(cause).sentence });
      setSaving(false);
    }
  };
  return (
    <form
      ref={form}
      class="conversation-title"
      aria-busy={saving}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (!form.current?.contains(relatedTarget as Node | null)) void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.stopPropagation();
        event.preventDefault();
        // The field loses the focus when it goes.
        dropped.current = true;
        close(true);
      }}
    >
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        maxLength={MAX_TITLE}
        enterkeyhint="done"
        aria-label={assistantStrings.conversations.newTitle(title)}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="quiet">
        {assistantStrings.conversations.save}
      </button>
    </form>
  );
}

function timeOf({ updated_at: time }: ConversationSummary): string {
  return new Date(time).toLocaleTimeString(language, { timeStyle: "short" });
}
