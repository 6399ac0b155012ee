import { useState } from "preact/hooks";
import { deleteAccount } from "../auth/account";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { SettingsSection } from "./SettingsSection";

/** Deletes the account after a second confirmation with the password. */
export function DeleteAccount() {
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const { remove } = settingsStrings;
  const submit = async () => {
    const outcome = await deleteAccount(password);
    if (typeof outcome === "object") return outcome.failure;
    if (outcome === "mail") notify({ kind: "done", text: remove.mail });
    setOpen(false);
    return null;
  };
  return (
    <SettingsSection id="remove" heading={remove.heading} lead={remove.lead}>
      {open ? (
        <>
          <Form
            class="narrow danger"
            submitLabel={remove.sure}
            faults={() => []}
            submit={submit}
            onChecked={() => undefined}
            focusFirst
          >
            <Field
              id="delete-password"
              label={remove.password}
              type="password"
              autocomplete="current-password"
              value={password}
              onValue={setPassword}
              fault={null}
            />
          </Form>
          <button type="button" class="quiet" onClick={() => setOpen(false)}>
            {remove.cancel}
          </button>
        </>
      ) : (
        <button type="button" class="quiet danger" onClick={() => setOpen(true)}>
          {remove.open}
        </button>
      )}
    </SettingsSection>
  );
}
