import { KeyRound } from "lucide";
import { linkGoogle, listLinkedAccounts, unlinkAccount } from "../auth/account";
import { features } from "../auth/features";
import { Icon } from "../components/Icon";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** The ways to sign in to this account; Google can be added where the server offers it. */
export function LinkedAccounts() {
  const [content, reload] = useLoadable(listLinkedAccounts);
  const { linked } = settingsStrings;
  const title = (provider: string) => (provider === "credential" ? linked.password : linked.google);
  return (
    <SettingsSection id="linked" heading={linked.heading}>
      <Loadable content={content} reload={reload}>
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
                    <ActionButton
                      label={linked.unlinkName(title(provider))}
                      done={linked.unlinked}
                      act={async () => {
                        const failure = await unlinkAccount(id);
                        await reload();
                        return failure;
                      }}
                    >
                      {linked.unlink}
                    </ActionButton>
                  )}
                </li>
              ))}
            </ul>
            {features.value?.google && !accounts.some(({ provider }) => provider === "google") && (
              <ActionButton done={null} act={linkGoogle}>
                {linked.link}
              </ActionButton>
            )}
          </>
        )}
      </Loadable>
    </SettingsSection>
  );
}
