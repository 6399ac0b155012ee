import { Plus } from "lucide";
import type { User } from "../auth/session";
import { Brand } from "../components/Brand";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { currentAddress } from "../router";
import { appStrings } from "../strings/firstPage";
import { openListDialog } from "../tasks/openListDialog";
import { AccountMenu } from "./AccountMenu";
import { type NavigationEntry, navigationEntries, placeOfNewList } from "./navigation";

/** Leads to every view and page: a column beside the page, on a phone a row above and one below it. */
export function Sidebar({ user }: { user: User }) {
  const entries = navigationEntries(currentAddress.value);
  const newList = placeOfNewList(entries);
  return (
    <header class="sidebar">
      <a class="skip" href="#content">
        {appStrings.skip}
      </a>
      <Brand />
      <nav aria-label={appStrings.pages}>
        {entries.slice(0, newList).map(drawEntry)}
        <button type="button" class="wide-only new-list" onClick={() => openListDialog(null)}>
          <Icon of={Plus} />
          <span>{appStrings.nav.newList}</span>
        </button>
        {entries.slice(newList).map(drawEntry)}
      </nav>
      <AccountMenu user={user} />
    </header>
  );
}

function drawEntry({ to, label, icon, count, current, wide, list, tag, tone }: NavigationEntry) {
  return (
    <Link
      key={to}
      to={to}
      current={current}
      // A list or a tag may have a name that is longer than the column.
      title={list || tag}
      class={[wide && "wide-only", tone].filter(Boolean).join(" ")}
      {...(list === undefined ? {} : { "data-list": list })}
    >
      <Icon of={icon} />
      <span>{label}</span>
      {count !== null && count > 0 && (
        <span class="count" aria-hidden="true">
          {count > 999 ? "999+" : count}
        </span>
      )}
    </Link>
  );
}
