import { KeyRound } from "lucide";
import { useState } from "preact/hooks";
import { addToken, listTokens, type NewPersonalToken, type PersonalToken, revokeToken } from "../api/tokens";
import type { User } from "../auth/session";
import { Field } from "../components/Field";
import { Form } from "../components/Form";
import { Icon } from "../components/Icon";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { attempt } from "./attempt";
import { ConfirmButton } from "./ConfirmButton";
import { Code } from "./ConnectTool";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useDraft } from "./useDraft";
import { useLoadable } from "./useLoadable";

/** The personal access tokens: made for programs without a browser, shown once, and revoked here. */
export function AccessTokens({ user }: { user: User }) {
  const [content, reload] = useLoadable(() => listTokens(user.id));
  const [secret, setSecret] = useState<string | null>(null);
  const { tokens } = settingsStrings;
  const revoke = async (id: string) => {
    const failure = await attempt(() => revokeToken(user.id, id));
    setSecret(null);
    await reload();
    return failure;
  };
  return (
    <SettingsSection id="tokens" heading={tokens.heading} lead={tokens.lead}>
      <Loadable content={content} reload={reload}>
        {(found) => (
          <>
            {found.length === 0 ? (
              <p class="note">{tokens.none}</p>
            ) : (
              <ul class="entries">
                {found.map((token) => (
                  <TokenEntry key={token.id} token={token} revoke={() => revoke(token.id)} />
                ))}
              </ul>
            )}
            {secret && (
              <div role="status">
                <p class="callout">{tokens.once}</p>
                <Code label={tokens.secret} code={secret} />
                <Code label={tokens.header} code={`Authorization: Bearer ${secret}`} />
              </div>
            )}
            <NewToken
              add={async (token) => {
                const failure = await attempt(async () => setSecret(await addToken(user.id, token)));
                await reload();
                return failure;
              }}
            />
          </>
        )}
      </Loadable>
    </SettingsSection>
  );
}

function TokenEntry({ token, revoke }: { token: PersonalToken; revoke: () => Promise<string | null> }) {
  const { tokens } = settingsStrings;
  const day = (time: string) => new Date(time).toLocaleDateString(language, { dateStyle: "medium" });
  const isOver = token.expires_at !== null && Date.parse(token.expires_at) <= Date.now();
  const facts = [
    `${token.start}…`,
    token.canWrite ? tokens.writes : tokens.reads,
    token.last_used_at === null ? tokens.unused : tokens.used(day(token.last_used_at)),
    token.expires_at === null ? tokens.endless : isOver ? "" : tokens.until(day(token.expires_at)),
  ].filter(Boolean);
  return (
    <li class="channel">
      <Icon of={KeyRound} />
      <span class="entry-words">
        <strong>{token.name}</strong>
        <small>{facts.join(" · ")}</small>
      </span>
      {isOver && <span class="mark">{tokens.over}</span>}
      <ConfirmButton
        label={tokens.revoke}
        name={tokens.revokeName(token.name)}
        question={tokens.revokeQuestion(token.name)}
        sure={tokens.revokeSure}
        keep={tokens.keep}
        done={tokens.revoked}
        act={revoke}
      />
    </li>
  );
}

function NewToken({ add }: { add: (token: NewPersonalToken) => Promise<string | null> }) {
  const [name, setName, forgetName] = useDraft("token-name");
  const [scope, setScope] = useState("write");
  const [days, setDays] = useState("90");
  const [checked, setChecked] = useState(false);
  const { tokens } = settingsStrings;
  const fault = name.trim() === "" || [...name.trim()].length > 60 ? tokens.nameMissing : null;
  const submit = async () => {
    const failure = await add({
      name: name.trim(),
      scopes: scope === "write" ? ["tasks:read", "tasks:write"] : ["tasks:read"],
      expires_in_days: days === "" ? null : (Number(days) as 7 | 30 | 90 | 365),
    });
    if (failure !== null) return failure;
    forgetName();
    setChecked(false);
    return null;
  };
  return (
    <Form
      class="narrow"
      submitLabel={tokens.add}
      faults={() => (fault === null ? [] : ["token-name"])}
      submit={submit}
      onChecked={() => setChecked(true)}
    >
      <Field
        id="token-name"
        label={tokens.name}
        type="text"
        autocomplete="off"
        value={name}
        onValue={setName}
        fault={checked ? fault : null}
      />
      <div class="field">
        <label for="token-scope">{tokens.scope}</label>
        <select id="token-scope" value={scope} onChange={(event) => setScope(event.currentTarget.value)}>
          <option value="write">{tokens.writes}</option>
          <option value="read">{tokens.reads}</option>
        </select>
      </div>
      <div class="field">
        <label for="token-days">{tokens.ends}</label>
        <select id="token-days" value={days} onChange={(event) => setDays(event.currentTarget.value)}>
          {["7", "30", "90", "365"].map((count) => (
            <option key={count} value={count}>
              {tokens.days(count)}
            </option>
          ))}
          <option value="">{tokens.endless}</option>
        </select>
      </div>
    </Form>
  );
}
