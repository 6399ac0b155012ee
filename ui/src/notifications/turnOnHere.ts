// Turning on notifications in this browser, with what the user is told about it.

import { getNotifications } from "../api/notifications";
import { notify } from "../state/notices";
import { notificationStrings } from "../strings/notifications";
import { isOn, pushPermission, turnOn } from "./push";

/** Asks the browser for permission and tells the outcome. */
export async function turnOnHere(user: string, publicKey: string): Promise<void> {
  const on = await turnOn(user, publicKey).catch(() => null);
  const { turnedOn, refused, failed } = notificationStrings;
  notify(on === true ? { kind: "done", text: turnedOn } : { kind: "failure", text: on === null ? failed : refused });
}

/** After a task was added with a reminder that nobody would see: offers to turn on notifications. */
export async function offerNotifications(user: string, title: string): Promise<void> {
  if (pushPermission() !== "ask") return;
  const { publicKey, devices } = await getNotifications(user);
  if (publicKey === null || isOn(user, devices)) return;
  const run = () => turnOnHere(user, publicKey);
  notify({
    kind: "done",
    text: notificationStrings.addedReminder(title),
    action: { label: notificationStrings.turnOn, run },
  });
}
