import { useEffect, useState } from "preact/hooks";
import { type SecondFactorKind, sendCode, verifySecondFactor } from "../auth/secondFactor";
import type { CodeSource } from "../auth/signIn";
import { CodeField, readSixDigits } from "../components/CodeField";
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
  const [typed, setTyped] = useState("");
  const [trusted, setTrusted] = useState(false);
  const [checked, setChecked] = useState(false);
  const { code: label, backupCode, backupMissing, trust, submit } = accountStrings.secondFactor;
  const isBackup = kind === "backup-code";
  const code = isBackup ? typed.replace(/\s/g, "") || null : readSixDigits(typed);
  const field = { id: "code", value: typed, onValue: setTyped };
  return (
    <Form
      submitLabel={submit}
      faults={() => (code === null ? ["code"] : [])}
      submit={() => verifySecondFactor(kind, code ?? "", trusted, oauthQuery(currentAddress.peek().search))}
      onChecked={() => setChecked(true)}
      focusFirst
    >
      {isBackup ? (
        <Field
          {...field}
          label={backupCode}
          type="text"
          autocomplete="off"
          fault={checked && code === null ? backupMissing : null}
        />
      ) : (
        <CodeField {...field} label={label} checked={checked} />
      )}
      <label class="tick">
        <input type="checkbox" checked={trusted} onChange={(event) => setTrusted(event.currentTarget.checked)} />
        {trust}
      </label>
    </Form>
  );
}
