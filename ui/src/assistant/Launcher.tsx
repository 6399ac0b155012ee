import { MessageCircle } from "lucide";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { showLoaded } from "../components/showLoaded";
import {
  assistantView,
  closeAssistant,
  openAssistant,
  PANEL_ID,
  readKeptAssistant,
  unreadReply,
} from "../state/assistant";
import { appStrings } from "../strings/firstPage";
import type { PanelProps } from "./Panel";

/** The floating button. The panel's code is loaded when it is first opened. */
export function Launcher({ user }: { user: string }) {
  const [Panel, setPanel] = useState<ComponentType<PanelProps> | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const view = assistantView.value;
  const open = view !== null && Panel !== null;
  const { launcher } = appStrings;

  useEffect(() => {
    if (readKeptAssistant(user)?.open) openAssistant();
  }, [user]);
  useEffect(() => {
    if (view === null) return;
    let failed = false;
    const load = async () => {
      const { openConversation, Panel: loaded } = await import("./Panel");
      return () => {
        if (failed) openAssistant(view);
        openConversation(user, view.conversation);
        setPanel(() => loaded);
      };
    };
    showLoaded(load, () => {
      failed = true;
      closeAssistant();
    });
  }, [view, user]);
  // When the panel closes, the focus returns to the button that opens it.
  useLayoutEffect(() => {
    if (!open && wasOpen.current) button.current?.focus();
    wasOpen.current = open;
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class="launcher"
        hidden={open}
        aria-label={unreadReply.value ? launcher.openUnread : launcher.open}
        title={launcher.name}
        aria-expanded={open}
        aria-controls={open ? PANEL_ID : undefined}
        aria-busy={view !== null && !open}
        onClick={() => openAssistant()}
      >
        <Icon of={MessageCircle} />
        {unreadReply.value && <span class="unread" aria-hidden="true" />}
      </button>
      {open && <Panel user={user} close={closeAssistant} />}
    </>
  );
}
