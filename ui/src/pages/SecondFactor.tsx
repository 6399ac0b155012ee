import { useEffect, useState } from "preact/hooks";
import { type SecondFactorKind, sendCode, verifySecondFactor } from "../auth/secondFactor";
import type { CodeSource } from "../auth/signIn";
import { EntrySheet } from "../components/EntrySheet";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { currentAddress, oauthQuery } from "../router";
import { accountStrings } from "../strings/account";

/** Asks for the code that follows the password. */
export function SecondFactor({ source, back }: { source: CodeSource; back: () => void }) {
  const usual = source === "mail" ? "otp" : "totp";
  const [kind, setKind] = useState<SecondFactorKind>(usual);
  const { heading, lead, mailLead, backupLead, useBackup, useApp, useMail, startAgain } = accountStrings.secondFactor;
  const leads = { totp: lead, otp: mailLead, "backup-code": backupLead };
  const isBackup = kind === "backup-code";
  return (
    <EntrySheet heading={heading} lead={leads[kind]}>
      <CodeForm key={kind} kind={kind} />
      {source === "mail" && <SendAgain />}
      <p class="aside">
        <button type="button" class="plain" onClick={() => setKind(isBackup ? usual : "backup-code")}>
          {isBackup ? (source === "mail" ? useMail : useApp) : useBackup}
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

/** A code is sent at once, and again when it is asked for. */
function SendAgain() {
  const [told, setTold] = useState<string | null>(null);
  const { sendAgain, sent } = accountStrings.secondFactor;
  const send = async (done: string | null) => setTold((await sendCode()) ?? done);
  useEffect(() => void send(null), []);
  return (
    <>
      <p class="aside" role="status">
        {told}
      </p>
      <p class="aside">
        <button type="button" class="plain" onClick={() => send(sent)}>
          {sendAgain}
        </button>
      </p>
    </>
  );
}

function CodeForm({ kind }: { kind: SecondFactorKind }) {
  const [code, setCode] = useState("");
  const [trusted, setTrusted] = useState(false);
  const [checked, setChecked] = useState(false);
  const { code: codeLabel, backupCode, codeMissing, backupMissing, trust, submit } = accountStrings.secondFactor;
  const isNumber = kind !== "backup-code";
  const typed = code.replace(/\s/g, "");
  const isComplete = isNumber ? /^\d{6}$/.test(typed) : typed !== "";
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
        label={isNumber ? codeLabel : backupCode}
        type="text"
        autocomplete={isNumber ? "one-time-code" : "off"}
        {...(isNumber ? { inputMode: "numeric" as const } : {})}
        value={code}
        onValue={setCode}
        fault={checked && !isComplete ? (isNumber ? codeMissing : backupMissing) : null}
      />
      <label class="tick">
        <input type="checkbox" checked={trusted} onChange={(event) => setTrusted(event.currentTarget.checked)} />
        {trust}
      </label>
    </Form>
  );
}
