import { Plug } from "lucide";
import { endApp, listApps } from "../auth/account";
import { Icon } from "../components/Icon";
import { appStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { Action } from "./ActionButton";
import { Loaded } from "./Loadable";
import { Section } from "./SettingsSection";
import { useLoaded } from "./useLoadable";

/** The apps that were allowed in, to send them away again. */
export function Apps() {
  const [got, reload] = useLoaded(listApps);
  const { apps } = settingsStrings;
  return (
    <Section id="apps" heading={apps.heading} lead={apps.lead}>
      <Loaded got={got} reload={reload}>
        {(found) =>
          found.length === 0 ? (
            <p class="note">{apps.none}</p>
          ) : (
            <ul class="entries">
              {found.map(({ id, name, since }) => (
                <li key={id}>
                  <Icon of={Plug} />
                  <span class="entry-words">
                    <strong>{name || appStrings.unnamedApp}</strong>
                    {since && <small>{apps.since(since.toLocaleDateString(language, { dateStyle: "medium" }))}</small>}
                  </span>
                  <Action
                    label={apps.endName(name)}
                    done={apps.ended}
                    act={async () => {
                      const failure = await endApp(id);
                      await reload();
                      return failure;
                    }}
                  >
                    {apps.end}
                  </Action>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
