import { useEffect } from "preact/hooks";
import { askFeatures, features } from "../auth/client";
import type { User } from "../auth/session";
import { Splash } from "../components/Splash";
import { navigate, place, SETTINGS } from "../router";
import { Look } from "../settings/Appearance";
import { Password } from "../settings/ChangePassword";
import { Apps } from "../settings/ConnectedApps";
import { Connect } from "../settings/ConnectTool";
import { Remove } from "../settings/DeleteAccount";
import { Sessions } from "../settings/Devices";
import { Data } from "../settings/ImportExport";
import { Linked } from "../settings/LinkedAccounts";
import { Email, Profile } from "../settings/Profile";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import "../styles/settings.css";

export function Settings({ user }: { user: User }) {
  useEffect(() => {
    void askFeatures();
    // Google sends somebody back here when linking did not work.
    if (!new URLSearchParams(place.peek().search).has("error")) return;
    navigate(SETTINGS, "replace");
    notify({ kind: "failure", text: settingsStrings.linked.linkFailed });
  }, []);
  const able = features.value;
  if (able === null) return <Splash />;
  return (
    <>
      <div class="heading">
        <h1>{settingsStrings.heading}</h1>
      </div>
      <div class="sections">
        <Profile user={user} />
        <Email user={user} />
        <Look />
        <Connect />
        <Apps />
        <Password />
        <Sessions />
        <Linked />
        <Data user={user} />
        {able.deleteUser && <Remove />}
      </div>
    </>
  );
}
