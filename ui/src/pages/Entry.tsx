import { useEffect, useRef, useState } from "preact/hooks";
import { Brand } from "../components/Brand";
import { Field } from "../components/Field";
import { Link } from "../components/Link";
import type { Entered, Faults } from "../credentials";
import { strings } from "../strings";

interface Props {
  readonly words: typeof strings.signIn | typeof strings.signUp;
  readonly other: string;
  readonly withName: boolean;
  readonly notice: string | null;
  readonly faultsOf: (entered: Entered) => Faults;
  readonly submit: (entered: Entered) => Promise<string | null>;
}

/** The form that lets people in: sign-in and sign-up differ in words, in the name, and in what is checked. */
export function Entry({ words, other, withName, notice, faultsOf, submit }: Props) {
  const [entered, setEntered] = useState<Entered>({ name: "", email: "", password: "" });
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = checked ? faultsOf(entered) : {};
  const enter = (field: keyof Entered) => (value: string) => setEntered((before) => ({ ...before, [field]: value }));

  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setChecked(true);
    setFailure(null);
    const wrong = Object.keys(faultsOf(entered))[0];
    if (wrong) return form.current?.querySelector<HTMLInputElement>(`#${wrong}`)?.focus();
    setBusy(true);
    const trimmed = { ...entered, name: entered.name.trim(), email: entered.email.trim() };
    setFailure(await submit(trimmed));
    setBusy(false);
  };

  return (
    <main class="entry" id="content">
      <Brand />
      <h1>{words.heading}</h1>
      <p class="lead">{words.lead}</p>
      {notice && (
        <p class="told" role="status">
          {notice}
        </p>
      )}
      <form ref={form} noValidate onSubmit={onSubmit}>
        {withName && (
          <Field
            id="name"
            label={strings.fields.name}
            type="text"
            autocomplete="name"
            value={entered.name}
            onValue={enter("name")}
            fault={faults.name ?? null}
          />
        )}
        <Field
          id="email"
          label={strings.fields.email}
          type="email"
          autocomplete="username"
          value={entered.email}
          onValue={enter("email")}
          fault={faults.email ?? null}
        />
        <Field
          id="password"
          label={strings.fields.password}
          type="password"
          autocomplete={withName ? "new-password" : "current-password"}
          value={entered.password}
          onValue={enter("password")}
          fault={faults.password ?? null}
          {...(withName ? { hint: strings.fields.passwordHint } : {})}
        />
        <div role="alert">{failure && <p class="told failure">{failure}</p>}</div>
        <button type="submit" class="primary wide" aria-busy={busy}>
          {words.submit}
        </button>
      </form>
      <p class="aside">
        {words.other} <Link to={other}>{words.otherLink}</Link>
      </p>
    </main>
  );
}
