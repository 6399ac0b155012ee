// Notifications of the service worker: shows what the server pushes, carries out their buttons without a page, and tells the
// server when the browser has another address for them.

/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

import { type PushAction, type PushMessage, readPushMessage } from "./pushMessage";

/** The members that the library's type does not have. */
interface ShownNotification extends NotificationOptions {
  readonly actions: readonly PushAction[];
  /** Alerts again when it takes the place of another one. */
  readonly renotify: boolean;
}

/** The event that the library's type does not have: the browser ended a subscription, and may have made another one. */
interface SubscriptionChange extends ExtendableEvent {
  readonly oldSubscription: PushSubscription | null;
  readonly newSubscription: PushSubscription | null;
}

export function handleNotifications(): void {
  self.addEventListener("push", (event) => event.waitUntil(show(readPushMessage(readData(event.data)))));
  self.addEventListener("notificationclick", (event) => {
    const message = event.notification.data as PushMessage;
    event.notification.close();
    event.waitUntil(event.action === "" ? open(message.url) : act(message, event.action));
  });
  self.addEventListener("pushsubscriptionchange", (event) => {
    const change = event as SubscriptionChange;
    change.waitUntil(move(change));
  });
}

/** The server learns the new address, under the name that this browser had. Without a session notifications have ended here. */
async function move({ oldSubscription, newSubscription }: SubscriptionChange): Promise<void> {
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription?.options));
  const session = (await readJson("/api/auth/get-session")) as { readonly user: { readonly id: string } } | null;
  if (session === null) return;
  const { token } = (await readJson("/api/auth/token")) as { readonly token: string };
  await fetch(`/api/${session.user.id}/notifications/subscriptions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...subscription.toJSON(), replaces: oldSubscription?.endpoint ?? null }),
  });
}

async function readJson(path: string): Promise<unknown> {
  return (await fetch(path, { credentials: "same-origin" })).json();
}

function readData(data: PushMessageData | null): unknown {
  try {
    return data?.json();
  } catch {
    return null;
  }
}

function show(message: PushMessage): Promise<void> {
  const { title, body, tag, actions } = message;
  const options: ShownNotification = { body, tag, actions, renotify: true, data: message, icon: "/icon-192.png" };
  return self.registration.showNotification(title, options);
}

/** Carries out a button. Where that fails the notification comes back, so that it can be tried again. */
async function act(message: PushMessage, action: string): Promise<void> {
  if (message.actionUrl === null) return open(message.url);
  const request = fetch(message.actionUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action }),
    credentials: "omit",
  });
  const done = await request.then(({ ok }) => ok).catch(() => false);
  if (!done) return show(message);
  for (const page of await pages()) page.postMessage({ kind: "tasks-changed" });
}

/** Shows the page in a window of the app, or in a new one. */
async function open(url: string): Promise<void> {
  const [page] = await pages();
  if (page === undefined) return void (await self.clients.openWindow(url));
  page.postMessage({ kind: "open", url });
  await page.focus();
}

function pages(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}
