// The operations of a user's settings: where the user is, and when days, weeks and reminders begin.

import type { components } from "./openapi";
import { readJson, send } from "./request";
import { isObject, type JsonValue, SchemaError, toText } from "./schema";

export type UserSettings = components["schemas"]["Settings"];
export type WeekStart = UserSettings["week_start"];

const SETTINGS = "/api/{user_id}/settings";
export const weekStarts: readonly WeekStart[] = ["monday", "saturday", "sunday"];

export async function getSettings(user: string): Promise<UserSettings> {
  return readSettings(await readJson(await send("get", SETTINGS, { user_id: user })));
}

/** Changes the settings that are named, and returns all. */
export async function changeSettings(user: string, body: Partial<UserSettings>): Promise<UserSettings> {
  return readSettings(await readJson(await send("patch", SETTINGS, { user_id: user }, { body })));
}

function readSettings(json: JsonValue): UserSettings {
  if (!isObject(json) || typeof json.reminder_time !== "string") throw new SchemaError("settings");
  return {
    time_zone: toText(json.time_zone) || null,
    day_start: toText(json.day_start),
    week_start: weekStarts.find((day) => day === json.week_start) ?? "monday",
    reminder_time: json.reminder_time,
  };
}
