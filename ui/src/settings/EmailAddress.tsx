import { useState } from "preact/hooks";
import { changeEmail, sendVerification } from "../auth/account";
import { emailFault } from "../auth/credentials";
import { features, featuresFailed } from "../auth/features";
import type { User } from "../auth/session";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { SettingsSection } from "./SettingsSection";
import { useDraft } from "./useDraft";

/** The address, whether it is confirmed, and a form to change it where this server sends mail. */
export function EmailAddress({ user }: { user: User }) {
  const [address, setAddress, forgetAddress] = useDraft("new-email");
  const [checked, setChecked] = useState(false);
  const { email } = settingsStrings;
  const canChange = features.value?.emailVerification === true;
  const submit = async () => {
    const failure = await changeEmail(address.trim());
    if (failure !== null) return failure;
    forgetAddress();
    setChecked(false);
    notify({ kind: "done", text: email.changed });
    return null;
  };
  return (
    <SettingsSection id="email" heading={email.heading}>
      <p class="address">{user.email}</p>
      {canChange && (
        <p class="state">
          <span class={user.emailVerified ? "mark good" : "mark"}>
            {user.emailVerified ? email.verified : email.unverified}
          </span>
          {!user.emailVerified && (
            <ActionButton done={email.sent} act={() => sendVerification(user.email)}>
              {email.verify}
            </ActionButton>
          )}
        </p>
      )}
      {canChange ? (
        <Form
          class="narrow"
          submitLabel={email.change}
          faults={() => (emailFault(address) === null ? [] : ["new-email"])}
          submit={submit}
          onChecked={() => setChecked(true)}
        >
          <Field
            id="new-email"
            label={email.new}
            type="email"
            autocomplete="email"
            value={address}
            onValue={setAddress}
            fault={checked ? emailFault(address) : null}
          />
        </Form>
      ) : (
        !featuresFailed.value && <p class="note">{email.disabled}</p>
      )}
    </SettingsSection>
  );
}
