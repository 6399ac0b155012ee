import { History, MessageSquarePlus, X } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { focusDrawn } from "../browser/focus";
import { Icon } from "../components/Icon";
import { NoticeBar } from "../frame/NoticeBar";
import { assistantCoversPage, assistantView, PANEL_ID } from "../state/assistant";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { Composer, MESSAGE_ID } from "./Composer";
import { ConversationList } from "./ConversationList";
import { Log } from "./Log";
import { languageModel, loadLanguageModel } from "./languageModel";
import { usePanelMode } from "./panelMode";
import { currentConversation, loadConversation, newConversation } from "./store";
import { TurnFailure } from "./TurnFailure";
import "../styles/messages.css";
import "../styles/panel.css";

export { openConversation } from "./store";

export interface PanelProps {
  readonly user: string;
  readonly close: () => void;
}

export function Panel({ user, close }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const wantsHistory = assistantView.value?.history === true;
  const [history, setHistory] = useState(wantsHistory);
  usePanelMode(dialog, close);
  const title = currentConversation.value?.title;
  // The field could not take the focus before the dialog was shown.
  useLayoutEffect(() => focusDrawn(document.getElementById(MESSAGE_ID)), []);
  useEffect(() => void loadLanguageModel(user), [user]);
  useEffect(() => setHistory(wantsHistory), [assistantView.value]);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    event.preventDefault();
    if (history) setHistory(false);
    else close();
  };
  const startConversation = () => {
    setHistory(false);
    newConversation();
    document.getElementById(MESSAGE_ID)?.focus();
  };
  return (
    <dialog
      ref={dialog}
      id={PANEL_ID}
      class="panel"
      aria-labelledby="assistant-name"
      onKeyDown={closeOnEscape}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="panel-top">
        <div class="panel-name">
          <h2 id="assistant-name">{appStrings.launcher.name}</h2>
          {languageModel.value === false && <span class="badge">{assistantStrings.offline.badge}</span>}
          {!history && title && (
            <p dir="auto" title={title}>
              {title}
            </p>
          )}
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label={assistantStrings.history}
          title={assistantStrings.history}
          aria-pressed={history}
          onClick={() => setHistory(!history)}
        >
          <Icon of={History} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={assistantStrings.fresh}
          title={assistantStrings.fresh}
          onClick={startConversation}
        >
          <Icon of={MessageSquarePlus} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={assistantStrings.close}
          title={assistantStrings.close}
          onClick={close}
        >
          <Icon of={X} />
        </button>
      </div>
      {history ? (
        <div class="log">
          <ConversationList
            user={user}
            open={(id) => {
              setHistory(false);
              void loadConversation(id);
            }}
          />
        </div>
      ) : (
        <>
          <Log />
          <TurnFailure />
          <Composer />
        </>
      )}
      {assistantCoversPage.value && <NoticeBar />}
    </dialog>
  );
}
