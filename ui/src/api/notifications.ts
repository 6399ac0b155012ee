// The operations of notifications: devices, mail, and reminders that could not be delivered.

import type { components } from "./openapi";
import { readJson, send } from "./request";
import { isArray, isObject, type JsonValue, SchemaError, toText } from "./schema";

/** Whether what was sent last arrived. */
export interface DeliveryState {
  readonly lastSentAt: string | null;
  readonly lastError: string | null;
}

/** A browser that gets notifications. */
export interface PushDevice extends DeliveryState {
  readonly id: string;
  readonly name: string;
  readonly since: string;
}

export interface MailState extends DeliveryState {
  /** Whether this server sends mail. */
  readonly available: boolean;
  readonly enabled: boolean;
  readonly address: string;
}

export interface NotificationSettings {
  /** Null: this server has no keys, so it cannot send notifications. */
  readonly publicKey: string | null;
  readonly devices: readonly PushDevice[];
  readonly mail: MailState;
}

export interface UndeliveredReminder {
  readonly task: number;
  readonly title: string;
  readonly due: string;
  readonly error: string;
}

export type NotificationChannel = "push" | "mail";

const NOTIFICATIONS = "/api/{user_id}/notifications";
const SUBSCRIPTIONS = "/api/{user_id}/notifications/subscriptions";

export async function getNotifications(user: string): Promise<NotificationSettings> {
  return readSettings(await readJson(await send("get", NOTIFICATIONS, { user_id: user })));
}

export async function enableMail(user: string, mail: boolean): Promise<NotificationSettings> {
  return readSettings(await readJson(await send("patch", NOTIFICATIONS, { user_id: user }, { body: { mail } })));
}

/** Registers this browser; the same browser again is the same device. Returns its id. */
export async function addDevice(user: string, subscription: PushSubscriptionJSON, device: string): Promise<string> {
  const body = { ...subscription, device } as components["schemas"]["NewSubscription"];
  return readDevice(await readJson(await send("post", SUBSCRIPTIONS, { user_id: user }, { body, repeatable: true })))
    .id;
}

export async function removeDevice(user: string, id: string): Promise<void> {
  const params = { user_id: user, subscription_id: id };
  await send("delete", `${SUBSCRIPTIONS}/{subscription_id}`, params, { keepalive: true });
}

/** Sends a test; returns to how many devices or addresses it went. */
export async function sendTest(user: string, channel: NotificationChannel): Promise<number> {
  const json = await readJson(await send("post", `${NOTIFICATIONS}/test`, { user_id: user }, { body: { channel } }));
  return isObject(json) && typeof json.sent === "number" ? json.sent : 0;
}

export async function listUndelivered(user: string): Promise<UndeliveredReminder[]> {
  const json = await readJson(await send("get", `${NOTIFICATIONS}/undelivered`, { user_id: user }));
  if (!isArray(json)) throw new SchemaError("undelivered");
  return json.filter(isObject).map(({ task, title, due, error }) => ({
    task: typeof task === "number" ? task : 0,
    title: toText(title),
    due: toText(due),
    error: toText(error),
  }));
}

function readSettings(json: JsonValue): NotificationSettings {
  if (!isObject(json) || !isObject(json.push) || !isObject(json.mail)) throw new SchemaError("notifications");
  const { push, mail } = json;
  return {
    publicKey: toText(push.public_key) || null,
    devices: isArray(push.subscriptions) ? push.subscriptions.map(readDevice) : [],
    mail: {
      available: mail.available === true,
      enabled: mail.enabled === true,
      address: toText(mail.address),
      ...readDelivery(mail),
    },
  };
}

function readDevice(json: JsonValue): PushDevice {
  if (!isObject(json) || typeof json.id !== "string") throw new SchemaError("device");
  return { id: json.id, name: toText(json.device), since: toText(json.created_at), ...readDelivery(json) };
}

function readDelivery(json: { readonly [name: string]: JsonValue }): DeliveryState {
  return { lastSentAt: toText(json.last_sent_at) || null, lastError: toText(json.last_error) || null };
}
