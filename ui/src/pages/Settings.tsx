import { useEffect } from "preact/hooks";
import { askFeatures, features } from "../auth";
import { Splash } from "../components/Splash";
import { notify } from "../notices";
import { navigate, place, SETTINGS } from "../router";
import type { User } from "../session";
import { Apps } from "../settings/Apps";
import { Connect } from "../settings/Connect";
import { Data } from "../settings/Data";
import { Linked } from "../settings/Linked";
import { Look } from "../settings/Look";
import { Password } from "../settings/Password";
import { Email, Profile } from "../settings/Profile";
import { Remove } from "../settings/Remove";
import { Sessions } from "../settings/Sessions";
import { words } from "../strings/account";
import "../styles/settings.css";

export function Settings({ user }: { user: User }) {
  useEffect(() => {
    void askFeatures();
    // Google sends somebody back here when linking did not work.
    if (!new URLSearchParams(place.peek().search).has("error")) return;
    navigate(SETTINGS, "replace");
    notify({ kind: "failure", text: words.settings.linked.linkFailed });
  }, []);
  const able = features.value;
  if (able === null) return <Splash />;
  return (
    <>
      <div class="heading">
        <h1>{words.settings.heading}</h1>
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
