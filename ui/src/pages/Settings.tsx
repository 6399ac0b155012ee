import { useEffect } from "preact/hooks";
import { features, featuresFailed, loadFeatures } from "../auth/features";
import type { User } from "../auth/session";
import { Splash } from "../components/Splash";
import { currentAddress, navigate, SETTINGS } from "../router";
import { AccessTokens } from "../settings/AccessTokens";
import { Appearance } from "../settings/Appearance";
import { CalendarFeed } from "../settings/CalendarFeed";
import { ChangePassword } from "../settings/ChangePassword";
import { ConnectedApps } from "../settings/ConnectedApps";
import { ConnectTool } from "../settings/ConnectTool";
import { DeleteAccount } from "../settings/DeleteAccount";
import { Devices } from "../settings/Devices";
import { EmailAddress } from "../settings/EmailAddress";
import { ImportExport } from "../settings/ImportExport";
import { LinkedAccounts } from "../settings/LinkedAccounts";
import { Loadable } from "../settings/Loadable";
import { Notifications } from "../settings/Notifications";
import { Profile } from "../settings/Profile";
import { SecondFactor } from "../settings/SecondFactor";
import { goToSection, SettingsIndex } from "../settings/SettingsIndex";
import { TimeSettings } from "../settings/TimeSettings";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import "../styles/settings.css";
import "../styles/settings-parts.css";

export function Settings({ user }: { user: User }) {
  useEffect(() => {
    void loadFeatures();
    // The browser returns here from Google with an error when linking failed.
    if (!new URLSearchParams(currentAddress.peek().search).has("error")) return;
    navigate(SETTINGS, "replace");
    notify({ kind: "failure", text: settingsStrings.linked.linkFailed });
  }, []);
  const available = features.value;
  const isShown = available !== null;
  useEffect(() => {
    if (isShown && location.hash !== "") goToSection(location.hash.slice(1));
  }, [isShown]);
  if (available === null) return <Splash />;
  return (
    <>
      <div class="heading">
        <h1>{settingsStrings.heading}</h1>
      </div>
      <div class="with-index">
        <SettingsIndex />
        <div class="sections">
          {featuresFailed.value && (
            <Loadable content="failed" reload={loadFeatures}>
              {() => null}
            </Loadable>
          )}
          <Profile user={user} />
          <EmailAddress user={user} />
          <ChangePassword user={user} />
          <SecondFactor />
          <Devices />
          <LinkedAccounts />
          <Appearance />
          <TimeSettings user={user} />
          <Notifications user={user} />
          <CalendarFeed user={user} />
          <ConnectTool />
          <ConnectedApps />
          <AccessTokens user={user} />
          <ImportExport user={user} />
          {available.deleteUser && <DeleteAccount />}
        </div>
      </div>
    </>
  );
}
