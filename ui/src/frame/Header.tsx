import { ListTodo, LogOut, MessagesSquare, Settings } from "lucide";
import { useState } from "preact/hooks";
import { signOut } from "../auth/currentSession";
import { Brand } from "../components/Brand";
import { Icon, type IconShape } from "../components/Icon";
import { Link } from "../components/Link";
import { CONVERSATIONS, HOME, type PageName, SETTINGS } from "../router";
import { closeAssistant } from "../state/assistant";
import { dismiss, notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { closeTasks } from "../tasks/store";

const links: readonly {
  readonly page: keyof typeof appStrings.nav & PageName;
  readonly to: string;
  readonly icon: IconShape;
}[] = [
  { page: "tasks", to: HOME, icon: ListTodo },
  { page: "conversations", to: CONVERSATIONS, icon: MessagesSquare },
  { page: "settings", to: SETTINGS, icon: Settings },
];

export function Header({ page }: { page: PageName }) {
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    if (busy) return;
    setBusy(true);
    const failure = await signOut();
    setBusy(false);
    if (failure !== null) {
      return notify({ kind: "failure", text: failure, action: { label: appStrings.retry, run: leave } });
    }
    dismiss();
    closeAssistant();
    closeTasks();
  };
  return (
    <header class="top">
      <a class="skip" href="#content">
        {appStrings.skip}
      </a>
      <Brand />
      <nav aria-label={appStrings.pages}>
        {links.map(({ page: name, to, icon }) => (
          <Link key={name} to={to} current={name === page}>
            <Icon of={icon} />
            <span>{appStrings.nav[name]}</span>
          </Link>
        ))}
      </nav>
      <button type="button" class="plain leave" aria-busy={busy} onClick={leave}>
        <Icon of={LogOut} />
        <span>{appStrings.signOut}</span>
      </button>
    </header>
  );
}
