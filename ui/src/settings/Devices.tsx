import { Monitor, Smartphone } from "lucide";
import { type Device, endDevice, endOtherDevices, listDevices } from "../auth/account";
import { Icon } from "../components/Icon";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { Action } from "./ActionButton";
import { guess } from "./device";
import { Loaded } from "./Loadable";
import { Section } from "./SettingsSection";
import { useLoaded } from "./useLoadable";

export function Sessions() {
  const [got, reload] = useLoaded(listDevices);
  const { sessions } = settingsStrings;
  const ended = async (failure: string | null) => {
    await reload();
    return failure;
  };
  return (
    <Section id="sessions" heading={sessions.heading} lead={sessions.lead}>
      <Loaded got={got} reload={reload}>
        {(devices) => (
          <>
            <ul class="entries">
              {devices.map((device) => (
                <li key={device.token}>
                  <Icon of={/iOS|Android/.test(guess(device.agent)?.system ?? "") ? Smartphone : Monitor} />
                  <span class="entry-words">
                    <strong>{name(device)}</strong>
                    <small>{about(device)}</small>
                  </span>
                  {device.current ? (
                    <span class="mark good">{sessions.current}</span>
                  ) : (
                    <Action
                      label={sessions.endName(name(device))}
                      done={sessions.ended}
                      act={async () => ended(await endDevice(device.token))}
                    >
                      {sessions.end}
                    </Action>
                  )}
                </li>
              ))}
            </ul>
            {devices.length > 1 && (
              <Action done={sessions.ended} act={async () => ended(await endOtherDevices())}>
                {sessions.endOthers}
              </Action>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function name({ agent }: Device): string {
  const found = guess(agent);
  if (found === null) return agent.slice(0, 40) || settingsStrings.sessions.unknown;
  if (found.browser === "" || found.system === "") return found.browser || found.system;
  return settingsStrings.sessions.on(found.browser, found.system);
}

function about({ since, address }: Device): string {
  const { sessions } = settingsStrings;
  const time = since.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return address === "" ? sessions.since(time) : `${sessions.since(time)} ${sessions.from(address)}`;
}
