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

/** An app asks for access: its name, what it could do, where the browser goes next, and the user's decision. */
export function Consent({ user }: { user: User }) {
  const [oauth] = useState(() => oauthQuery(currentAddress.peek().search));
  const query = new URLSearchParams(oauth ?? "");
  const [app, setApp] = useState<{ readonly name: string } | null | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<boolean | null>(null);
  const clientId = query.get("client_id") ?? "";
  const redirect = query.get("redirect_uri") ?? "";
  const { heading, lead, could, scopes, published, where, unencrypted, stays, warning, allow, deny, bad, badText } =
    accountStrings.consent;
  useEffect(() => {
    findOAuthClient(clientId).then(setApp, () => setApp(null));
  }, []);

  useEffect(() => {
    if (app) document.title = appStrings.title(heading(app.name || appStrings.unnamedApp));
  }, [app]);

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

  const decide = async (accept: boolean) => {
    if (busy !== null) return;
    setBusy(accept);
    setFailure(null);
    const problem = await submitConsent(accept, oauth);
    // On success the browser leaves for the address in the response.
    if (problem === null) return;
    setFailure(problem);
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
      <p>{where(destination(redirect))}</p>
      {isUnencrypted(redirect) && <p class="callout">{unencrypted}</p>}
      <p>{stays}</p>
      <p class="lead">{warning}</p>
      <div role="alert">{failure && <p class="callout failure">{failure}</p>}</div>
      <div class="buttons">
        <button type="button" class="primary" aria-busy={busy === true} onClick={() => void decide(true)}>
          {allow}
        </button>
        <button type="button" class="quiet" aria-busy={busy === false} onClick={() => void decide(false)}>
          {deny}
        </button>
      </div>
    </EntrySheet>
  );
}

/** A client id that is an address names a document that describes the app, so that its host is proven. */
function isAddress(clientId: string): boolean {
  return clientId.startsWith("https://") && URL.canParse(clientId);
}

/** Whether the response goes over a network in clear: http, and not to this machine. */
function isUnencrypted(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** What identifies the destination to a user: the host, or the scheme of an app that has no host. */
function destination(address: string): string {
  return URL.canParse(address) ? new URL(address).host || new URL(address).protocol : address;
}
