import { useState } from "preact/hooks";
import { deleteAccount, hasPassword } from "../auth/account";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { authStrings } from "../strings/firstPage";
import { settingsStrings } from "../strings/settings";
import { Loadable } from "./Loadable";
import { SectionLink } from "./SettingsIndex";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** What a user without a password types to confirm. */
const WORD = "DELETE";
const FIELD_ID = "delete-proof";

/** Deletes the account after a second confirmation. */
export function DeleteAccount() {
  const [open, setOpen] = useState(false);
  const { remove } = settingsStrings;
  return (
    <SettingsSection id="remove" heading={remove.heading} lead={remove.lead}>
      <p>
        <SectionLink to="data">{remove.export}</SectionLink>
      </p>
      {open ? (
        <Confirmation close={() => setOpen(false)} />
      ) : (
        <button type="button" class="quiet danger" onClick={() => setOpen(true)}>
          {remove.open}
        </button>
      )}
    </SettingsSection>
  );
}

/** Asks for the password, or for a word from a user who has none. */
function Confirmation({ close }: { close: () => void }) {
  const [content, reload] = useLoadable(hasPassword);
  const { remove } = settingsStrings;
  return (
    <>
      <Loadable content={content} reload={reload}>
        {(withPassword) => <ProofForm withPassword={withPassword} close={close} />}
      </Loadable>
      <button type="button" class="quiet" onClick={close}>
        {remove.cancel}
      </button>
    </>
  );
}

function ProofForm({ withPassword, close }: { withPassword: boolean; close: () => void }) {
  const [proof, setProof] = useState("");
  const [checked, setChecked] = useState(false);
  const { remove } = settingsStrings;
  const missing = withPassword ? proof === "" : proof.trim() !== WORD;
  const fault = withPassword ? authStrings.fields.passwordMissing : remove.wordMissing;
  const submit = async () => {
    const outcome = await deleteAccount(withPassword ? proof : null);
    if (typeof outcome === "object") return outcome.failure;
    if (outcome === "mail") notify({ kind: "done", text: remove.mail });
    close();
    return null;
  };
  return (
    <Form
      class="narrow danger"
      submitLabel={remove.sure}
      faults={() => (missing ? [FIELD_ID] : [])}
      submit={submit}
      onChecked={() => setChecked(true)}
      focusFirst
    >
      <Field
        id={FIELD_ID}
        label={withPassword ? remove.password : remove.word}
        type={withPassword ? "password" : "text"}
        autocomplete={withPassword ? "current-password" : "off"}
        value={proof}
        onValue={setProof}
        fault={checked && missing ? fault : null}
      />
    </Form>
  );
}
