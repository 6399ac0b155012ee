import { useState } from "preact/hooks";
import { signOut } from "../auth";
import { dismiss, notify } from "../notices";
import type { User } from "../session";
import { strings } from "../strings";
import { closeTasks } from "../tasks/store";
import { Brand } from "./Brand";

export function Header({ user }: { user: User }) {
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    if (busy) return;
    setBusy(true);
    const failure = await signOut();
    setBusy(false);
    if (failure !== null) return notify({ text: failure, retry: leave });
    dismiss();
    closeTasks();
  };
  return (
    <header class="top">
      <a class="skip" href="#content">
        {strings.skip}
      </a>
      <Brand />
      <span class="who" title={user.email}>
        {user.name || user.email}
      </span>
      <button type="button" class="quiet" aria-busy={busy} onClick={leave}>
        {strings.signOut}
      </button>
    </header>
  );
}
