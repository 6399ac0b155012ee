import { Plug } from "lucide";
import { disconnectApp, listConnectedApps } from "../auth/account";
import { Icon } from "../components/Icon";
import { appStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { ConfirmButton } from "./ConfirmButton";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** The apps that may use the tasks; each can be disconnected. */
export function ConnectedApps() {
  const [content, reload] = useLoadable(listConnectedApps, { onReturn: true });
  const { apps } = settingsStrings;
  return (
    <SettingsSection id="apps" heading={apps.heading} lead={apps.lead}>
      <Loadable content={content} reload={reload}>
        {(found) =>
          found.length === 0 ? (
            <p class="note">{apps.none}</p>
          ) : (
            <ul class="entries">
              {found.map(({ id, name, since, oldKeyUsed }) => (
                <li key={id}>
                  <Icon of={Plug} />
                  <span class="entry-words">
                    <strong>{name || appStrings.unnamedApp}</strong>
                    {since && <small>{apps.since(since.toLocaleDateString(language, { dateStyle: "medium" }))}</small>}
                    {oldKeyUsed && (
                      <small>
                        {apps.oldKey(oldKeyUsed.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }))}
                      </small>
                    )}
                  </span>
                  <ConfirmButton
                    label={apps.end}
                    name={apps.endName(name)}
                    question={apps.endQuestion(name || appStrings.unnamedApp)}
                    sure={apps.endSure}
                    keep={apps.keep}
                    done={apps.ended}
                    act={async () => {
                      const failure = await disconnectApp(id);
                      await reload();
                      return failure;
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loadable>
    </SettingsSection>
  );
}
