// The secret address at which calendars read the tasks.

import { readJson, send } from "./request";
import { isObject, SchemaError, toText } from "./schema";

export interface CalendarAddress {
  /** Null: there is no address. */
  readonly createdAt: string | null;
  /** When a calendar last read it. */
  readonly lastReadAt: string | null;
}

const CALENDAR = "/api/{user_id}/calendar";

export async function getCalendar(user: string): Promise<CalendarAddress> {
  const json = await readJson(await send("get", CALENDAR, { user_id: user }));
  if (!isObject(json)) throw new SchemaError("calendar");
  return { createdAt: toText(json.created_at) || null, lastReadAt: toText(json.last_read_at) || null };
}

/** Makes the address, or another one in its place. It is shown only once. */
export async function makeCalendar(user: string): Promise<string> {
  const json = await readJson(await send("post", CALENDAR, { user_id: user }));
  if (!isObject(json) || typeof json.url !== "string") throw new SchemaError("calendar");
  return json.url;
}

export async function revokeCalendar(user: string): Promise<void> {
  await send("delete", CALENDAR, { user_id: user });
}
