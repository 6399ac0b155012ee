import { Command, Compass, Keyboard, LogOut } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { endSession } from "../auth/currentSession";
import { leave } from "../auth/leave";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { keepNotificationsOf } from "../notifications/keepNotifications";
import { openPalette } from "../palette/openPalette";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { openTour } from "../tour/openTour";
import { openHelp } from "./openHelp";

/** Who is signed in; opens a menu to sign out and to see the keyboard shortcuts. */
export function AccountMenu({ user }: { user: User }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, [open]);
  const signOut = async () => {
    if (busy) return;
    setBusy(true);
    await keepNotificationsOf(null);
    const failure = await endSession();
    setBusy(false);
    if (failure === null) leave("left");
    else notify({ kind: "failure", text: failure, action: { label: appStrings.retry, run: signOut } });
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  const name = user.name || user.email;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of its buttons
    <div ref={place} class="account" onKeyDown={closeOnEscape}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls="account-menu"
        onClick={() => setOpen(!open)}
      >
        <span class="visually-hidden">{appStrings.accountOf} </span>
        <span class="avatar" data-initial={[...name][0]?.toUpperCase()} aria-hidden="true" />
        <span class="account-name">{name}</span>
      </button>
      {open && (
        <div id="account-menu" class="menu">
          <p class="address">{user.email}</p>
          <button
            type="button"
            onClick={() => {
              setOpen(false);
              openTour();
            }}
          >
            <Icon of={Compass} />
            {appStrings.tour}
          </button>
          <button
            type="button"
            class="keys"
            onClick={() => {
              setOpen(false);
              openPalette(null);
            }}
          >
            <Icon of={Command} />
            {appStrings.palette}
          </button>
          <button
            type="button"
            class="keys"
            onClick={() => {
              setOpen(false);
              openHelp();
            }}
          >
            <Icon of={Keyboard} />
            {appStrings.shortcuts}
          </button>
          <button type="button" aria-busy={busy} onClick={() => void signOut()}>
            <Icon of={LogOut} />
            {appStrings.signOut}
          </button>
        </div>
      )}
    </div>
  );
}
