import { Plus } from "lucide";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { currentAddress } from "../router";
import { appStrings } from "../strings/firstPage";
import { openListDialog } from "../tasks/openListDialog";
import { navigationEntries } from "./navigation";

/** On a phone, the views for which its bar has no room: lists and tags in a row above the tasks. */
export function ViewChips() {
  const entries = navigationEntries(currentAddress.value).filter(({ wide }) => wide);
  return (
    <nav class="views" aria-label={appStrings.nav.views}>
      {entries.map(({ to, label, icon, current, tone }) => (
        <Link key={to} to={to} current={current} class={tone ?? ""}>
          <Icon of={icon} />
          {label}
        </Link>
      ))}
      <button type="button" onClick={() => openListDialog(null)}>
        <Icon of={Plus} />
        {appStrings.nav.newList}
      </button>
    </nav>
  );
}
