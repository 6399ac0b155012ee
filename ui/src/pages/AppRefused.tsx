import { EntrySheet } from "../components/EntrySheet";
import { Link } from "../components/Link";
import { currentAddress, HOME } from "../router";
import { accountStrings } from "../strings/account";

/** Where an app's request to connect ends that cannot be granted: what to do in the app. */
export function AppRefused() {
  const { heading, unknown, other, address, home } = accountStrings.appRefused;
  const error = new URLSearchParams(currentAddress.value.search).get("error");
  return (
    <EntrySheet heading={heading} lead={error === "invalid_client" ? unknown : other}>
      <p>{address}</p>
      <p>
        <code>{`${window.location.origin}/mcp`}</code>
      </p>
      <Link class="button primary" to={HOME}>
        {home}
      </Link>
    </EntrySheet>
  );
}
