import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { CredentialFaults, Credentials } from "../auth/credentials";
import { typedEmail, typedName } from "../auth/entry";
import { features } from "../auth/features";
import { useRequestingApp } from "../auth/requestingApp";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { Link } from "../components/Link";
import { Pitch } from "../components/Pitch";
import { currentAddress, FORGOT, oauthQuery } from "../router";
import { authStrings } from "../strings/firstPage";
import { GoogleButton } from "./GoogleButton";

interface EntryFormProps {
  readonly texts: typeof authStrings.signIn | typeof authStrings.signUp;
  readonly other: string;
  readonly withName: boolean;
  readonly notice: string | null;
  readonly faultsOf: (values: Credentials) => CredentialFaults;
  readonly submit: (values: Credentials, oauth: string | null) => Promise<ComponentChildren>;
}

/** The form to sign in or sign up. The two differ in their texts, in the name, and in what is checked. */
export function EntryForm({ texts, other, withName, notice, faultsOf, submit }: EntryFormProps) {
  const [values, setValues] = useState<Credentials>({ name: typedName.peek(), email: typedEmail.peek(), password: "" });
  const [checked, setChecked] = useState(false);
  const faults = checked ? faultsOf(values) : {};
  const oauth = oauthQuery(currentAddress.value.search);
  const field = (id: keyof Credentials) => ({
    id,
    value: values[id],
    onValue: (value: string) => {
      if (id === "email") typedEmail.value = value;
      if (id === "name") typedName.value = value;
      setValues((before) => ({ ...before, [id]: value }));
    },
    fault: faults[id] ?? null,
  });
  const trimmed = { ...values, name: values.name.trim(), email: values.email.trim() };
  const app = useRequestingApp(oauth);
  const lead = app === null ? texts.lead : authStrings.signIn.oauth(app);

  return (
    <EntrySheet heading={texts.heading} lead={lead} notice={notice} beside={oauth === null && <Pitch />}>
      {features.value?.google && <GoogleButton oauth={oauth} />}
      <Form
        submitLabel={texts.submit}
        faults={() => Object.keys(faultsOf(values))}
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
        {texts.other} <Link to={other}>{texts.otherLink}</Link>
      </p>
    </EntrySheet>
  );
}
