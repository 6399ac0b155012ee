import { useState } from "preact/hooks";
import { type SecondFactorKind, verifySecondFactor } from "../auth/secondFactor";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { currentAddress, oauthQuery } from "../router";
import { accountStrings } from "../strings/account";

/** Asks for the code that follows the password. */
export function SecondFactor({ back }: { back: () => void }) {
  const [kind, setKind] = useState<SecondFactorKind>("totp");
  const { heading, lead, backupLead, useBackup, useApp, startAgain } = accountStrings.secondFactor;
  const isApp = kind === "totp";
  return (
    <EntrySheet heading={heading} lead={isApp ? lead : backupLead}>
      <CodeForm key={kind} kind={kind} />
      <p class="aside">
        <button type="button" class="plain" onClick={() => setKind(isApp ? "backup-code" : "totp")}>
          {isApp ? useBackup : useApp}
        </button>
      </p>
      <p class="aside">
        <button type="button" class="plain" onClick={back}>
          {startAgain}
        </button>
      </p>
    </EntrySheet>
  );
}

function CodeForm({ kind }: { kind: SecondFactorKind }) {
  const [code, setCode] = useState("");
  const [trusted, setTrusted] = useState(false);
  const [checked, setChecked] = useState(false);
  const { code: codeLabel, backupCode, codeMissing, backupMissing, trust, submit } = accountStrings.secondFactor;
  const isApp = kind === "totp";
  const typed = code.replace(/\s/g, "");
  const isComplete = isApp ? /^\d{6}$/.test(typed) : typed !== "";
  return (
    <Form
      submitLabel={submit}
      faults={() => (isComplete ? [] : ["code"])}
      submit={() => verifySecondFactor(kind, typed, trusted, oauthQuery(currentAddress.peek().search))}
      onChecked={() => setChecked(true)}
      focusFirst
    >
      <Field
        id="code"
        label={isApp ? codeLabel : backupCode}
        type="text"
        autocomplete={isApp ? "one-time-code" : "off"}
        {...(isApp ? { inputMode: "numeric" as const } : {})}
        value={code}
        onValue={setCode}
        fault={checked && !isComplete ? (isApp ? codeMissing : backupMissing) : null}
      />
      <label class="tick">
        <input type="checkbox" checked={trusted} onChange={(event) => setTrusted(event.currentTarget.checked)} />
        {trust}
      </label>
    </Form>
  );
}
