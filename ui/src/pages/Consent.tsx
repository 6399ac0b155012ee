import { Check } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { findOAuthClient, submitConsent } from "../auth/account";
import type { User } from "../auth/session";
import { EntrySheet } from "../components/EntrySheet";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { Splash } from "../components/Splash";
import { currentAddress, HOME, oauthQuery } from "../router";
import { accountStrings } from "../strings/account";
import { appStrings } from "../strings/firstPage";

/** An app asks for access: who it is, what it could do, where it goes on, and the user's word. */
export function Consent({ user }: { user: User }) {
  const [oauth] = useState(() => oauthQuery(currentAddress.peek().search));
  const query = new URLSearchParams(oauth ?? "");
  const [app, setApp] = useState<{ readonly name: string } | null | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<boolean | null>(null);
  const clientId = query.get("client_id") ?? "";
  const { heading, lead, could, scopes, published, where, warning, allow, deny, bad, badText } = accountStrings.consent;
  useEffect(() => {
    findOAuthClient(clientId).then(setApp, () => setApp(null));
  }, []);

  if (oauth === null || app === null) {
    return (
      <EntrySheet heading={bad} lead={badText}>
        <Link class="button primary" to={HOME}>
          {appStrings.notFound.home}
        </Link>
      </EntrySheet>
    );
  }
  if (app === undefined) return <Splash />;

  const say = async (accept: boolean) => {
    if (busy !== null) return;
    setBusy(accept);
    setFailure(null);
    const answer = await submitConsent(accept, oauth);
    // The client goes where the answer says.
    if (answer === null) return;
    setFailure(answer);
    setBusy(null);
  };
  const name = app.name || appStrings.unnamedApp;
  const wanted = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  return (
    <EntrySheet heading={heading(name)} lead={lead(name)}>
      <p class="address">{user.email}</p>
      <p>{could}</p>
      <ul class="facts">
        {wanted.map((scope) => (
          <li key={scope}>
            <Icon of={Check} />
            {scopes[scope] ?? scope}
          </li>
        ))}
      </ul>
      {isAddress(clientId) && <p>{published(new URL(clientId).host)}</p>}
      <p>{where(destination(query.get("redirect_uri") ?? ""))}</p>
      <p class="lead">{warning}</p>
      <div role="alert">{failure && <p class="told failure">{failure}</p>}</div>
      <div class="buttons">
        <button type="button" class="primary" aria-busy={busy === true} onClick={() => void say(true)}>
          {allow}
        </button>
        <button type="button" class="quiet" aria-busy={busy === false} onClick={() => void say(false)}>
          {deny}
        </button>
      </div>
    </EntrySheet>
  );
}

/** Whether a client is the one that a document at this address describes: then the name of the place is proved. */
function isAddress(clientId: string): boolean {
  return clientId.startsWith("https://") && URL.canParse(clientId);
}

/** The host that a person can tell from another; an app's own scheme has none. */
function destination(address: string): string {
  return URL.canParse(address) ? new URL(address).host || new URL(address).protocol : address;
}
