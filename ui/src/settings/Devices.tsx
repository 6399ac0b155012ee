import { Monitor, Smartphone } from "lucide";
import { type DeviceSession, listDevices, revokeDevice, revokeOtherDevices } from "../auth/account";
import { Icon } from "../components/Icon";
import { language } from "../strings/language";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { guessDevice } from "./device";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

export function Devices() {
  const [content, reload] = useLoadable(listDevices, { onReturn: true });
  const { sessions } = settingsStrings;
  const reloadAfter = async (failure: string | null) => {
    await reload();
    return failure;
  };
  return (
    <SettingsSection id="sessions" heading={sessions.heading} lead={sessions.lead}>
      <Loadable content={content} reload={reload}>
        {(devices) => (
          <>
            <ul class="entries">
              {devices.map((device) => (
                <li key={device.token}>
                  <Icon of={/iOS|Android/.test(guessDevice(device.agent)?.system ?? "") ? Smartphone : Monitor} />
                  <span class="entry-words">
                    <strong>{deviceTitle(device)}</strong>
                    <small>{deviceDetails(device)}</small>
                  </span>
                  {device.current ? (
                    <span class="mark good">{sessions.current}</span>
                  ) : (
                    <ActionButton
                      label={sessions.endName(deviceTitle(device))}
                      done={sessions.ended}
                      act={async () => reloadAfter(await revokeDevice(device.token))}
                    >
                      {sessions.end}
                    </ActionButton>
                  )}
                </li>
              ))}
            </ul>
            {devices.length > 1 && (
              <ActionButton done={sessions.ended} act={async () => reloadAfter(await revokeOtherDevices())}>
                {sessions.endOthers}
              </ActionButton>
            )}
          </>
        )}
      </Loadable>
    </SettingsSection>
  );
}

function deviceTitle({ agent }: DeviceSession): string {
  const found = guessDevice(agent);
  if (found === null) return agent.slice(0, 40) || settingsStrings.sessions.unknown;
  if (found.browser === "" || found.system === "") return found.browser || found.system;
  return settingsStrings.sessions.on(found.browser, found.system);
}

function deviceDetails({ since, address }: DeviceSession): string {
  const { sessions } = settingsStrings;
  const time = since.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return address === "" ? sessions.since(time) : `${sessions.since(time)} ${sessions.from(address)}`;
}
