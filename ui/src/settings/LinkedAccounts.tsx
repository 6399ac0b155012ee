import { KeyRound } from "lucide";
import { linkGoogle, listLinked, unlink } from "../auth/account";
import { features } from "../auth/client";
import { Icon } from "../components/Icon";
import { settingsStrings } from "../strings/settings";
import { Action } from "./ActionButton";
import { Loaded } from "./Loadable";
import { Section } from "./SettingsSection";
import { useLoaded } from "./useLoadable";

/** The ways into this account; Google can be added where the server has it. */
export function Linked() {
  const [got, reload] = useLoaded(listLinked);
  const { linked } = settingsStrings;
  const title = (provider: string) => (provider === "credential" ? linked.password : linked.google);
  return (
    <Section id="linked" heading={linked.heading}>
      <Loaded got={got} reload={reload}>
        {(accounts) => (
          <>
            <ul class="entries">
              {accounts.map(({ id, provider }) => (
                <li key={id}>
                  <Icon of={KeyRound} />
                  <span class="entry-words">
                    <strong>{title(provider)}</strong>
                  </span>
                  {provider !== "credential" && accounts.length > 1 && (
                    <Action
                      label={linked.unlinkName(title(provider))}
                      done={linked.unlinked}
                      act={async () => {
                        const failure = await unlink(id);
                        await reload();
                        return failure;
                      }}
                    >
                      {linked.unlink}
                    </Action>
                  )}
                </li>
              ))}
            </ul>
            {features.value?.google && !accounts.some(({ provider }) => provider === "google") && (
              <Action done={null} act={linkGoogle}>
                {linked.link}
              </Action>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
