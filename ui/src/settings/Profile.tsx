import { useState } from "preact/hooks";
import { changeEmail, renameUser, sendVerification } from "../auth/account";
import { emailFault, nameFault } from "../auth/credentials";
import { features } from "../auth/features";
import type { User } from "../auth/session";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { SettingsSection } from "./SettingsSection";

export function Profile({ user }: { user: User }) {
  const [name, setName] = useState(user.name);
  const [checked, setChecked] = useState(false);
  const { profile, save, saved } = settingsStrings;
  const submit = async () => {
    const failure = await renameUser(name.trim());
    if (failure === null) notify({ kind: "done", text: saved });
    return failure;
  };
  return (
    <SettingsSection id="profile" heading={profile.heading}>
      <Form
        class="narrow"
        submitLabel={save}
        faults={() => (nameFault(name) === null ? [] : ["name"])}
        submit={submit}
        onChecked={() => setChecked(true)}
      >
        <Field
          id="name"
          label={profile.name}
          type="text"
          autocomplete="name"
          value={name}
          onValue={setName}
          fault={checked ? nameFault(name) : null}
        />
      </Form>
    </SettingsSection>
  );
}

/** The address, whether it is confirmed, and another one where this server sends e-mail. */
export function Email({ user }: { user: User }) {
  const [address, setAddress] = useState("");
  const [checked, setChecked] = useState(false);
  const { email } = settingsStrings;
  const able = features.value?.emailVerification === true;
  const submit = async () => {
    const failure = await changeEmail(address.trim());
    if (failure !== null) return failure;
    setAddress("");
    setChecked(false);
    notify({ kind: "done", text: email.changed });
    return null;
  };
  return (
    <SettingsSection id="email" heading={email.heading}>
      <p class="address">{user.email}</p>
      {able && (
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
      {able ? (
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
        <p class="note">{email.disabled}</p>
      )}
    </SettingsSection>
  );
}
