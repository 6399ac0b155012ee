import { BellRing } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { getNotifications, type NotificationSettings } from "../api/notifications";
import { readItem, storeItem } from "../browser/storage";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { SETTINGS } from "../router";
import { notificationStrings } from "../strings/notifications";
import { isOn, pushPermission } from "./push";
import { turnOnHere } from "./turnOnHere";

/** The key of local storage: the user does not want to be asked in this browser. */
const DECLINED = "push-declined";

/** Below the first reminder: where it will reach its user, and the question that comes before the browser's own. */
export function ReminderPrompt({ user }: { user: string }) {
  const [settings, setSettings] = useState<NotificationSettings | null>(null);
  const [declined, setDeclined] = useState(readItem(DECLINED) !== null);
  const [busy, setBusy] = useState(false);
  const reload = () => getNotifications(user).then(setSettings, () => undefined);
  useEffect(() => void reload(), [user]);
  if (settings === null) return null;
  const { publicKey, devices, mail } = settings;
  if (isOn(user, devices)) return null;
  const mayAsk = publicKey !== null && (pushPermission() === "ask" || pushPermission() === "granted");
  if (!mayAsk || declined) return <Reached settings={settings} />;
  const allow = async () => {
    setBusy(true);
    await turnOnHere(user, publicKey);
    await reload();
    setBusy(false);
  };
  const decline = () => {
    storeItem(DECLINED, "yes");
    setDeclined(true);
  };
  return (
    <div class="callout ask">
      <Icon of={BellRing} />
      <p>{notificationStrings.ask}</p>
      <div class="buttons">
        <button type="button" class="primary" aria-busy={busy} onClick={() => void allow()}>
          {notificationStrings.turnOn}
        </button>
        <button type="button" class="quiet" onClick={decline}>
          {notificationStrings.later}
        </button>
      </div>
      {mail.available && mail.enabled && <p class="note">{notificationStrings.byMail(mail.address)}</p>}
    </div>
  );
}

/** Where a reminder reaches its user without this browser. */
function Reached({ settings: { devices, mail } }: { settings: NotificationSettings }) {
  if (mail.available && mail.enabled) return <p class="note">{notificationStrings.byMail(mail.address)}</p>;
  if (devices.length > 0) return null;
  return (
    <p class="note warn">
      {notificationStrings.nowhere} <Link to={`${SETTINGS}#notifications`}>{notificationStrings.toSettings}</Link>
    </p>
  );
}
