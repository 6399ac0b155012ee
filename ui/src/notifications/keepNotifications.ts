// Notifications end in this browser with the session of the user who turned them on.

import { readThisDevice } from "./thisDevice";

/** Ends notifications in this browser for everybody but this user; null: for everybody. */
export async function keepNotificationsOf(user: string | null): Promise<void> {
  const device = readThisDevice();
  if (device === null || device.user === user) return;
  await import("./push").then(({ turnOff }) => turnOff(device)).catch(() => undefined);
}
