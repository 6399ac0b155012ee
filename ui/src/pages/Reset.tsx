import { useState } from "preact/hooks";
import { resetPassword } from "../auth/account";
import { newPasswordFault } from "../auth/credentials";
import { readPendingRedirect } from "../auth/pendingRedirect";
import { restartAuthorizationUrl } from "../auth/signIn";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { Link } from "../components/Link";
import { currentAddress, FORGOT, navigate, oauthQuery, RESET, SIGN_IN } from "../router";
import { accountStrings } from "../strings/account";
import { authStrings } from "../strings/firstPage";

export function Reset() {
  const { heading, lead, submit, done, doneText, bad, badText, again, newPassword } = accountStrings.reset;
  const [token] = useState(() => new URLSearchParams(currentAddress.peek().search).get("token"));
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const [changed, setChanged] = useState(false);
  if (token === null) {
    return (
      <EntrySheet heading={bad} lead={badText}>
        <Link class="button primary" to={FORGOT + readPendingRedirect(Date.now())}>
          {again}
        </Link>
      </EntrySheet>
    );
  }
  if (changed) {
    return (
      <EntrySheet heading={done} lead={doneText}>
        <SignInLink />
      </EntrySheet>
    );
  }
  const send = async () => {
    const failure = await resetPassword(password, token);
    if (failure !== null) return failure;
    // The link works only once: its token leaves the address.
    navigate(RESET, "replace");
    setChanged(true);
    return null;
  };
  return (
    <EntrySheet heading={heading} lead={lead}>
      <Form
        submitLabel={submit}
        faults={() => (newPasswordFault(password) === null ? [] : ["password"])}
        submit={send}
        onChecked={() => setChecked(true)}
        focusFirst
      >
        <Field
          id="password"
          label={newPassword}
          type="password"
          autocomplete="new-password"
          value={password}
          onValue={setPassword}
          fault={checked ? newPasswordFault(password) : null}
          hint={authStrings.fields.passwordHint}
        />
      </Form>
    </EntrySheet>
  );
}

/** Leads to the sign-in page and from there to where the user was going. */
function SignInLink() {
  const search = readPendingRedirect(Date.now());
  const oauth = oauthQuery(search);
  const text = authStrings.signIn.submit;
  if (oauth === null) {
    return (
      <Link class="button primary" to={SIGN_IN + search}>
        {text}
      </Link>
    );
  }
  // The app's authorization request has expired meanwhile; it starts again.
  return (
    <a class="button primary" href={restartAuthorizationUrl(oauth)}>
      {text}
    </a>
  );
}
