import { useState } from "preact/hooks";
import { requestReset } from "../auth/account";
import { emailFault } from "../auth/credentials";
import { typedEmail } from "../auth/entry";
import { storePendingRedirect } from "../auth/pendingRedirect";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { Link } from "../components/Link";
import { currentAddress, SIGN_IN } from "../router";
import { accountStrings } from "../strings/account";
import { authStrings } from "../strings/firstPage";

export function Forgot() {
  const { heading, lead, submit, sent, back } = accountStrings.forgot;
  const [email, setEmail] = useState(typedEmail.peek());
  const [checked, setChecked] = useState(false);
  const [done, setDone] = useState(false);
  const fault = checked ? emailFault(email) : null;
  const send = async () => {
    const failure = await requestReset(email.trim());
    if (failure !== null) return failure;
    storePendingRedirect(currentAddress.peek().search, Date.now());
    setDone(true);
    return null;
  };
  return (
    <EntrySheet heading={heading} lead={done ? null : lead} notice={done ? sent : null}>
      {!done && (
        <Form
          submitLabel={submit}
          faults={() => (emailFault(email) === null ? [] : ["email"])}
          submit={send}
          onChecked={() => setChecked(true)}
          focusFirst
        >
          <Field
            id="email"
            label={authStrings.fields.email}
            type="email"
            autocomplete="username"
            value={email}
            onValue={(value) => {
              typedEmail.value = value;
              setEmail(value);
            }}
            fault={fault}
          />
        </Form>
      )}
      <p class="aside">
        <Link to={SIGN_IN + currentAddress.value.search}>{back}</Link>
      </p>
    </EntrySheet>
  );
}
