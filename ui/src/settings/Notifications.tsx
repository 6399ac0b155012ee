import { BellRing, Mail, Monitor, Smartphone, TriangleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import {
  type DeliveryState,
  enableMail,
  getNotifications,
  listUndelivered,
  type NotificationChannel,
  type NotificationSettings,
  type PushDevice,
  removeDevice,
  sendTest,
  type UndeliveredReminder,
} from "../api/notifications";
import { ApiError } from "../api/problem";
import type { User } from "../auth/session";
import { Icon, type IconShape } from "../components/Icon";
import { isOn, pushPermission, turnOff } from "../notifications/push";
import { readThisDevice } from "../notifications/thisDevice";
import { turnOnHere } from "../notifications/turnOnHere";
import { notify } from "../state/notices";
import { language } from "../strings/language";
import { notificationStrings } from "../strings/notifications";
import { describeDue } from "../tasks/dueDate";
import { ActionButton } from "./ActionButton";
import { attempt } from "./attempt";
import { Loadable } from "./Loadable";
import { SettingsSection } from "./SettingsSection";
import { useLoadable } from "./useLoadable";

/** Where reminders reach the user: this browser, other devices, mail; and those that did not. */
export function Notifications({ user }: { user: User }) {
  const [content, reload] = useLoadable(() => getNotifications(user.id));
  const [undelivered] = useLoadable(() => listUndelivered(user.id));
  const { heading, lead } = notificationStrings;
  return (
    <SettingsSection id="notifications" heading={heading} lead={lead}>
      {Array.isArray(undelivered) && undelivered.length > 0 && <Undelivered reminders={undelivered} />}
      <Loadable content={content} reload={reload}>
        {(settings) => (
          <ul class="entries">
            <ThisBrowser user={user.id} settings={settings} reload={reload} />
            {othersOf(user.id, settings).map((device) => (
              <OtherDevice key={device.id} user={user.id} device={device} reload={reload} />
            ))}
            <MailEntry user={user.id} settings={settings} reload={reload} />
          </ul>
        )}
      </Loadable>
    </SettingsSection>
  );
}

interface EntryProps {
  readonly user: string;
  readonly settings: NotificationSettings;
  readonly reload: () => Promise<void>;
}

function othersOf(user: string, { devices }: NotificationSettings): readonly PushDevice[] {
  const here = isOn(user, devices) ? readThisDevice()?.id : undefined;
  return devices.filter(({ id }) => id !== here);
}

function ThisBrowser({ user, settings, reload }: EntryProps) {
  const { publicKey, devices } = settings;
  const here = readThisDevice();
  const on = isOn(user, devices);
  const known = on ? devices.find(({ id }) => id === here?.id) : undefined;
  const obstacle = obstacleOf(publicKey);
  return (
    <Entry
      icon={BellRing}
      name={notificationStrings.here}
      notes={obstacle ?? (known && describeDelivery(known))}
      mark={obstacle === undefined ? <Mark on={on} /> : undefined}
    >
      {on && here !== null && (
        <>
          <TestButton user={user} channel="push" reload={reload}>
            {notificationStrings.test}
          </TestButton>
          <ActionButton
            done={notificationStrings.turnedOff}
            act={async () => {
              await turnOff(here);
              await reload();
              return null;
            }}
          >
            {notificationStrings.turnOff}
          </ActionButton>
        </>
      )}
      {!on && obstacle === undefined && publicKey !== null && (
        <ActionButton
          class="primary"
          done={null}
          act={async () => {
            await turnOnHere(user, publicKey);
            await reload();
            return null;
          }}
        >
          {notificationStrings.turnOn}
        </ActionButton>
      )}
    </Entry>
  );
}

/** Why this browser cannot show notifications. */
function obstacleOf(publicKey: string | null): string | undefined {
  if (publicKey === null) return notificationStrings.noKeys;
  const permission = pushPermission();
  if (permission === "denied") return notificationStrings.denied;
  if (permission !== "unsupported") return undefined;
  const isIos = /iPhone|iPad/.test(navigator.userAgent);
  return isIos ? notificationStrings.unsupportedIos : notificationStrings.unsupported;
}

function OtherDevice({ user, device, reload }: Pick<EntryProps, "user" | "reload"> & { readonly device: PushDevice }) {
  const since = new Date(device.since).toLocaleDateString(language, { dateStyle: "medium" });
  const name = device.name || notificationStrings.unknown;
  return (
    <Entry
      icon={/iOS|Android/.test(name) ? Smartphone : Monitor}
      name={name}
      notes={`${notificationStrings.since(since)} · ${describeDelivery(device)}`}
    >
      <ActionButton
        label={notificationStrings.removeName(name)}
        done={notificationStrings.removed}
        act={async () => {
          const failure = await attempt(() => removeDevice(user, device.id));
          await reload();
          return failure;
        }}
      >
        {notificationStrings.remove}
      </ActionButton>
    </Entry>
  );
}

function MailEntry({ user, settings: { mail }, reload }: EntryProps) {
  if (!mail.available) return <Entry icon={Mail} name={notificationStrings.mail} notes={notificationStrings.noMail} />;
  const toggle = async (input: HTMLInputElement) => {
    const failure = await attempt(async () => void (await enableMail(user, input.checked)));
    if (failure !== null) input.checked = !input.checked;
    await reload();
  };
  return (
    <Entry
      icon={Mail}
      name={
        <label class="tick">
          <input type="checkbox" checked={mail.enabled} onChange={(event) => void toggle(event.currentTarget)} />
          {notificationStrings.mailTo(mail.address)}
        </label>
      }
      notes={mail.enabled ? describeDelivery(mail) : undefined}
    >
      {mail.enabled && (
        <TestButton user={user} channel="mail" reload={reload}>
          {notificationStrings.testMail}
        </TestButton>
      )}
    </Entry>
  );
}

interface EntryLineProps {
  readonly icon: IconShape;
  readonly name: ComponentChildren;
  readonly notes?: string | undefined;
  readonly mark?: ComponentChildren;
  readonly children?: ComponentChildren;
}

function Entry({ icon, name, notes, mark, children }: EntryLineProps) {
  return (
    <li class="channel">
      <Icon of={icon} />
      <div class="entry-words">
        <div class="state">
          <strong>{name}</strong>
          {mark}
        </div>
        {notes && <small>{notes}</small>}
      </div>
      <div class="buttons">{children}</div>
    </li>
  );
}

function Mark({ on }: { on: boolean }) {
  return <span class={on ? "mark good" : "mark"}>{on ? notificationStrings.isOn : notificationStrings.isOff}</span>;
}

interface TestButtonProps {
  readonly user: string;
  readonly channel: NotificationChannel;
  readonly reload: () => Promise<void>;
  readonly children: ComponentChildren;
}

function TestButton({ user, channel, reload, children }: TestButtonProps) {
  const test = async () => {
    const outcome = await sendTest(user, channel).catch((cause: unknown) => cause);
    await reload();
    if (typeof outcome !== "number") return describeFailure(outcome);
    if (outcome === 0) return notificationStrings.testedNone;
    notify({
      kind: "done",
      text: channel === "mail" ? notificationStrings.testedMail : notificationStrings.tested(outcome),
    });
    return null;
  };
  return (
    <ActionButton done={null} act={test}>
      {children}
    </ActionButton>
  );
}

/** What the service said is told as it is: it is what helps. */
function describeFailure(cause: unknown): string {
  if (!(cause instanceof ApiError)) return notificationStrings.testFailed;
  const isTold = (cause.status === 409 || cause.status === 502) && cause.detail !== "";
  return `${notificationStrings.testFailed} ${isTold ? cause.detail : cause.sentence}`;
}

function describeDelivery({ lastSentAt, lastError }: DeliveryState): string {
  if (lastError !== null) return notificationStrings.lastError(lastError);
  if (lastSentAt === null) return notificationStrings.neverSent;
  const time = new Date(lastSentAt).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return notificationStrings.lastSent(time);
}

function Undelivered({ reminders }: { reminders: readonly UndeliveredReminder[] }) {
  return (
    <div class="callout warn">
      <p class="with-mark">
        <Icon of={TriangleAlert} />
        {notificationStrings.undelivered(reminders.length)}
      </p>
      <ul>
        {reminders.map(({ task, title, due, error }) => (
          <li key={`${task} ${due}`}>
            <strong>{title}</strong>
            <small>
              {notificationStrings.wasDue(describeDue(due, new Date(), true))} · {error}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
