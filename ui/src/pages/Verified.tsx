import { useEffect } from "preact/hooks";
import { reloadSession } from "../auth/currentSession";
import { EntrySheet } from "../components/EntrySheet";
import { Link } from "../components/Link";
import { currentAddress, HOME, SETTINGS } from "../router";
import { accountStrings } from "../strings/account";
import { appStrings } from "../strings/firstPage";

/** The page behind the link of a confirmation mail, whether it worked or not. */
export function Verified() {
  const { heading, text, bad, badText, home, settings } = accountStrings.verified;
  const failed = new URLSearchParams(currentAddress.value.search).has("error");
  useEffect(() => {
    if (failed) document.title = appStrings.title(bad);
    else void reloadSession();
  }, [failed]);
  return (
    <EntrySheet heading={failed ? bad : heading} lead={failed ? badText : text}>
      <Link class="button primary" to={failed ? SETTINGS : HOME}>
        {failed ? settings : home}
      </Link>
    </EntrySheet>
  );
}
