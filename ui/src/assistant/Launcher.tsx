import type { ComponentType } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { notify } from "../notices";
import { strings } from "../strings";
import type { PanelProps } from "./Panel";

export const PANEL_ID = "assistant";

/** The floating button. The panel's code is fetched on the first click. */
export function Launcher({ user }: { user: string }) {
  const [open, setOpen] = useState(false);
  const [Panel, setPanel] = useState<ComponentType<PanelProps> | null>(null);
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);

  const show = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const loaded = await import("./Panel");
      loaded.openConversation(user);
      setPanel(() => loaded.Panel);
      setOpen(true);
    } catch {
      notify({ text: strings.assistant.loadFailed });
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    closed.current = true;
    setOpen(false);
  };
  // Whoever closes the panel goes on at the button that opened it.
  useLayoutEffect(() => {
    if (!open && closed.current) button.current?.focus();
    closed.current = false;
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        class="launcher"
        hidden={open}
        aria-label={strings.assistant.open}
        aria-expanded={open}
        aria-controls={open ? PANEL_ID : undefined}
        aria-busy={busy}
        onClick={show}
      >
        <Icon name="chat" />
      </button>
      {open && Panel && <Panel close={close} />}
    </>
  );
}
