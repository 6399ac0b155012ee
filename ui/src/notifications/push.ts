// Web push in this browser: whether it can be used, turning it on and off.

import { addDevice, type PushDevice, removeDevice } from "../api/notifications";
import { guessDevice } from "../settings/device";
import { notificationStrings } from "../strings/notifications";
import { readThisDevice, storeThisDevice, type ThisDevice } from "./thisDevice";

/** `ask`: the browser will ask the user. */
export type PushPermission = "unsupported" | "denied" | "ask" | "granted";

export function pushPermission(): PushPermission {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  const { permission } = Notification;
  return permission === "default" ? "ask" : permission;
}

/** Whether this browser is one of these devices, and may still show notifications. */
export function isOn(user: string, devices: readonly PushDevice[]): boolean {
  const here = readThisDevice();
  return pushPermission() === "granted" && here?.user === user && devices.some(({ id }) => id === here.id);
}

/** Asks the user, and registers this browser. Returns whether notifications are on. */
export async function turnOn(user: string, publicKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const worker =
    (await navigator.serviceWorker.getRegistration()) ?? (await navigator.serviceWorker.register("/sw.js"));
  const subscription = await subscribe(worker.pushManager, publicKey);
  storeThisDevice({ user, id: await addDevice(user, subscription.toJSON(), deviceName()) });
  return true;
}

/** A subscription under another key of the server is replaced. */
async function subscribe(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await manager.subscribe(options);
  } catch (cause) {
    const former = await manager.getSubscription();
    if (former === null) throw cause;
    await former.unsubscribe();
    return manager.subscribe(options);
  }
}

/** Ends notifications in this browser, also where the server cannot be told: it learns that from the push service. */
export async function turnOff({ user, id }: ThisDevice): Promise<void> {
  storeThisDevice(null);
  await removeDevice(user, id).catch(() => undefined);
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

function deviceName(): string {
  const found = guessDevice(navigator.userAgent);
  const { on, unknown } = notificationStrings;
  if (found === null) return unknown;
  return found.browser === "" || found.system === "" ? found.browser || found.system : on(found.browser, found.system);
}
