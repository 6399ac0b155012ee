import { useState } from "preact/hooks";
import { renameUser } from "../auth/account";
import { nameFault } from "../auth/credentials";
import type { User } from "../auth/session";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { SettingsSection } from "./SettingsSection";
import { useDraft } from "./useDraft";

export function Profile({ user }: { user: User }) {
  const [name, setName, forgetName] = useDraft("name", user.name);
  const [checked, setChecked] = useState(false);
  const { profile, save, saved } = settingsStrings;
  const submit = async () => {
    const failure = await renameUser(name.trim());
    if (failure !== null) return failure;
    forgetName();
    notify({ kind: "done", text: saved });
    return null;
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
