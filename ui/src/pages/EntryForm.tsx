import { useState } from "preact/hooks";
import type { CredentialFaults, Credentials } from "../auth/credentials";
import { features } from "../auth/features";
import { signInWithGoogle } from "../auth/signIn";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { Link } from "../components/Link";
import { currentAddress, FORGOT, oauthQuery } from "../router";
import { authStrings } from "../strings/firstPage";

interface Props {
  readonly words: typeof authStrings.signIn | typeof authStrings.signUp;
  readonly other: string;
  readonly withName: boolean;
  readonly notice: string | null;
  readonly faultsOf: (entered: Credentials) => CredentialFaults;
  readonly submit: (entered: Credentials, oauth: string | null) => Promise<string | null>;
}

/** The form that lets people in: sign-in and sign-up differ in words, in the name, and in what is checked. */
export function EntryForm({ words, other, withName, notice, faultsOf, submit }: Props) {
  const [entered, setEntered] = useState<Credentials>({ name: "", email: "", password: "" });
  const [checked, setChecked] = useState(false);
  const faults = checked ? faultsOf(entered) : {};
  const oauth = oauthQuery(currentAddress.value.search);
  const field = (id: keyof Credentials) => ({
    id,
    value: entered[id],
    onValue: (value: string) => setEntered((before) => ({ ...before, [id]: value })),
    fault: faults[id] ?? null,
  });
  const trimmed = { ...entered, name: entered.name.trim(), email: entered.email.trim() };
  const lead = oauth === null ? words.lead : authStrings.signIn.oauth(authStrings.signIn.anApp);

  return (
    <EntrySheet heading={words.heading} lead={lead} notice={notice}>
      {features.value?.google && <Google oauth={oauth} />}
      <Form
        submitLabel={words.submit}
        faults={() => Object.keys(faultsOf(entered))}
        submit={() => submit(trimmed, oauth)}
        onChecked={() => setChecked(true)}
        focusFirst
      >
        {withName && <Field {...field("name")} label={authStrings.fields.name} type="text" autocomplete="name" />}
        <Field {...field("email")} label={authStrings.fields.email} type="email" autocomplete="username" />
        <Field
          {...field("password")}
          label={authStrings.fields.password}
          type="password"
          autocomplete={withName ? "new-password" : "current-password"}
          {...(withName ? { hint: authStrings.fields.passwordHint } : {})}
        />
      </Form>
      {!withName && features.value?.passwordReset && (
        <p class="aside">
          <Link to={FORGOT + currentAddress.value.search}>{authStrings.signIn.forgot}</Link>
        </p>
      )}
      <p class="aside">
        {words.other} <Link to={other}>{words.otherLink}</Link>
      </p>
    </EntrySheet>
  );
}

function Google({ oauth }: { oauth: string | null }) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    const problem = await signInWithGoogle(currentAddress.peek().search, oauth);
    setFailure(problem);
    if (problem !== null) setBusy(false);
  };
  return (
    <div class="google">
      <button type="button" class="quiet wide" aria-busy={busy} onClick={go}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path
            fill="#4285f4"
            d="M23.5 12.3c0-.8-.1-1.6-.2-2.3H12v4.5h6.5a5.500 5.500 0 0 1-2.400 3.600v3h3.900c2.300-2.100 3.500-5.200 3.500-8.800z"
          />
          <path
            fill="#34a853"
            d="M12 24c3.200 0 6-1.100 8-2.900l-3.900-3a7.200 7.200 0 0 1-10.800-3.800h-4v3.100A12 12 0 0 0 12 24z"
          />
          <path fill="#fbbc05" d="M5.300 14.300a7.200 7.200 0 0 1 0-4.600V6.600h-4a12 12 0 0 0 0 10.800z" />
          <path
            fill="#ea4335"
            d="M12 4.800c1.800 0 3.400.6 4.600 1.800L20.100 3A12 12 0 0 0 1.300 6.600l4 3.100A7.200 7.200 0 0 1 12 4.800z"
          />
        </svg>
        {authStrings.signIn.google}
      </button>
      <div role="alert">{failure && <p class="told failure">{failure}</p>}</div>
      <p class="or">{authStrings.signIn.or}</p>
    </div>
  );
}
