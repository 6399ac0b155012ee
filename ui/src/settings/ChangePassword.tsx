import { useState } from "preact/hooks";
import { changePassword, hasPassword, requestReset } from "../auth/account";
import { newPasswordFault } from "../auth/credentials";
import { features } from "../auth/features";
import type { User } from "../auth/session";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { authStrings } from "../strings/firstPage";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** Changes the password; who has none may get a link to set one. */
export function ChangePassword({ user }: { user: User }) {
  const [content, reload] = useLoadable(hasPassword);
  const { password } = settingsStrings;
  return (
    <SettingsSection id="password" heading={password.heading}>
      <Loadable content={content} reload={reload}>
        {(withPassword) => (withPassword ? <PasswordForm /> : <NoPassword email={user.email} />)}
      </Loadable>
    </SettingsSection>
  );
}

function NoPassword({ email }: { email: string }) {
  const { password } = settingsStrings;
  return (
    <>
      <p class="note">{password.none}</p>
      {features.value?.passwordReset && (
        <ActionButton done={password.sent(email)} act={() => requestReset(email)}>
          {password.set}
        </ActionButton>
      )}
    </>
  );
}

function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [others, setOthers] = useState(true);
  const [checked, setChecked] = useState(false);
  const { password } = settingsStrings;
  const wrong = {
    "current-password": current === "" ? authStrings.fields.passwordMissing : null,
    "new-password": newPasswordFault(next),
  };
  const submit = async () => {
    const failure = await changePassword(current, next, others);
    if (failure !== null) return failure;
    setCurrent("");
    setNext("");
    setChecked(false);
    notify({ kind: "done", text: password.changed });
    return null;
  };
  return (
    <Form
      class="narrow"
      submitLabel={password.submit}
      faults={() => Object.entries(wrong).flatMap(([id, fault]) => (fault === null ? [] : [id]))}
      submit={submit}
      onChecked={() => setChecked(true)}
    >
      <Field
        id="current-password"
        label={password.current}
        type="password"
        autocomplete="current-password"
        value={current}
        onValue={setCurrent}
        fault={checked ? wrong["current-password"] : null}
      />
      <Field
        id="new-password"
        label={password.new}
        type="password"
        autocomplete="new-password"
        value={next}
        onValue={setNext}
        fault={checked ? wrong["new-password"] : null}
        hint={authStrings.fields.passwordHint}
      />
      <label class="tick">
        <input type="checkbox" checked={others} onChange={(event) => setOthers(event.currentTarget.checked)} />
        {password.others}
      </label>
    </Form>
  );
}
