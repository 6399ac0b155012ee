import { useState } from "preact/hooks";
import {
  confirmSecondFactor,
  type NewSecondFactor,
  readSecondFactor,
  renewBackupCodes,
  setUpSecondFactor,
  switchOffSecondFactor,
} from "../auth/secondFactorSettings";
import { CodeField, readSixDigits } from "../components/CodeField";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { notify } from "../state/notices";
import { secondFactorStrings } from "../strings/secondFactor";
import { Code } from "./ConnectTool";
import { Loadable } from "./Loadable";
import { QrCode } from "./QrCode";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** The second step of signing in: set up, and switched off. Its backup codes are shown once. */
export function SecondFactor() {
  const [content, reload] = useLoadable(readSecondFactor);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { heading, lead, noPassword, isOn, switchedOn, switchedOff } = secondFactorStrings;
  const changed = async (text: string, fresh: readonly string[] | null) => {
    setCodes(fresh);
    notify({ kind: "done", text });
    await reload();
  };
  return (
    <SettingsSection id="second-factor" heading={heading} lead={lead}>
      <Loadable content={content} reload={reload}>
        {(state) => {
          if (state === "no password") return <p class="note">{noPassword}</p>;
          if (state === "off") return <SetUp done={(fresh) => changed(switchedOn, fresh)} />;
          return (
            <>
              <p>
                <span class="mark good">{isOn}</span>
              </p>
              {codes && <BackupCodes codes={codes} />}
              <Changes setCodes={setCodes} done={() => changed(switchedOff, null)} />
            </>
          );
        }}
      </Loadable>
    </SettingsSection>
  );
}

function BackupCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div role="status">
      <p class="callout">{secondFactorStrings.keepCodes}</p>
      <Code label={secondFactorStrings.codes} code={codes.join("\n")} />
    </div>
  );
}

/** First the password, then a code of the app that has read the secret. */
function SetUp({ done }: { done: (codes: readonly string[]) => Promise<void> }) {
  const [made, setMade] = useState<NewSecondFactor | null>(null);
  const { setUp, cancel } = secondFactorStrings;
  if (made === null) {
    return <PasswordForm submitLabel={setUp} send={(password) => setUpSecondFactor(password, setMade)} />;
  }
  return (
    <>
      <Secret uri={made.uri} />
      <CodeForm done={() => done(made.backupCodes)} />
      <button type="button" class="quiet" onClick={() => setMade(null)}>
        {cancel}
      </button>
    </>
  );
}

function Secret({ uri }: { uri: string }) {
  const { scan, picture, secret } = secondFactorStrings;
  const letters = new URL(uri).searchParams.get("secret") ?? "";
  return (
    <>
      <p>{scan}</p>
      <QrCode text={uri} label={picture} />
      <Code label={secret} code={letters.replace(/(.{4})(?=.)/g, "$1 ")} />
    </>
  );
}

function CodeForm({ done }: { done: () => Promise<void> }) {
  const [typed, setTyped] = useState("");
  const [checked, setChecked] = useState(false);
  const { code: label, confirm } = secondFactorStrings;
  const code = readSixDigits(typed);
  const submit = async () => {
    const failure = await confirmSecondFactor(code ?? "");
    if (failure === null) await done();
    return failure;
  };
  return (
    <Form
      class="narrow"
      submitLabel={confirm}
      faults={() => (code === null ? ["second-factor-code"] : [])}
      submit={submit}
      onChecked={() => setChecked(true)}
      focusFirst
    >
      <CodeField id="second-factor-code" label={label} value={typed} onValue={setTyped} checked={checked} />
    </Form>
  );
}

interface ChangesProps {
  readonly setCodes: (codes: readonly string[]) => void;
  readonly done: () => Promise<void>;
}

/** New backup codes, or no second step any more: each asks for the password. */
function Changes({ setCodes, done }: ChangesProps) {
  const [open, setOpen] = useState<"renew" | "switchOff" | null>(null);
  const { renew, renewLead, switchOff, switchOffLead, cancel } = secondFactorStrings;
  if (open === null) {
    return (
      <div class="buttons">
        <button type="button" class="quiet" onClick={() => setOpen("renew")}>
          {renew}
        </button>
        <button type="button" class="quiet" onClick={() => setOpen("switchOff")}>
          {switchOff}
        </button>
      </div>
    );
  }
  const send = async (password: string) => {
    const act = open === "renew" ? renewBackupCodes(password, setCodes) : switchOffSecondFactor(password);
    const failure = await act;
    if (failure !== null) return failure;
    if (open === "switchOff") await done();
    else setOpen(null);
    return null;
  };
  return (
    <>
      <p>{open === "renew" ? renewLead : switchOffLead}</p>
      <PasswordForm submitLabel={open === "renew" ? renew : switchOff} send={send} focusFirst />
      <button type="button" class="quiet" onClick={() => setOpen(null)}>
        {cancel}
      </button>
    </>
  );
}

interface PasswordFormProps {
  readonly submitLabel: string;
  readonly send: (password: string) => Promise<string | null>;
  readonly focusFirst?: boolean;
}

function PasswordForm({ submitLabel, send, focusFirst = false }: PasswordFormProps) {
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const { password: label, passwordMissing } = secondFactorStrings;
  return (
    <Form
      class="narrow"
      submitLabel={submitLabel}
      faults={() => (password === "" ? ["second-factor-password"] : [])}
      submit={() => send(password)}
      onChecked={() => setChecked(true)}
      focusFirst={focusFirst}
    >
      <Field
        id="second-factor-password"
        label={label}
        type="password"
        autocomplete="current-password"
        value={password}
        onValue={setPassword}
        fault={checked && password === "" ? passwordMissing : null}
      />
    </Form>
  );
}
