// The operations on the user's lists of tasks. Each throws an `ApiError` when it fails.

import type { components } from "./openapi";
import { changesOf } from "./recordedWrite";
import { readJson, send } from "./request";
import { isArray, isObject, type JsonValue, SchemaError } from "./schema";

type StoredList = components["schemas"]["TaskList"];
export type ListColor = NonNullable<StoredList["color"]>;
export type ListColorChoice = ListColor | null;

export interface NamedList extends Pick<StoredList, "id" | "name" | "archived"> {
  readonly color: ListColorChoice;
}

export const listColors: readonly ListColor[] = [
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
  "gray",
];

const LISTS = "/api/{user_id}/lists";
const LIST = "/api/{user_id}/lists/{list_id}";

/** All lists in their order. */
export async function listLists(user: string): Promise<NamedList[]> {
  const json = await readJson(await send("get", LISTS, { user_id: user }));
  if (!isArray(json)) throw new SchemaError("lists");
  return json.map(readList);
}

/** Returns the number of the change, as the next ones do. */
export async function addList(user: string, name: string, color: ListColorChoice): Promise<number[]> {
  const body = color === null ? { name } : { name, color };
  return changesOf(await send("post", LISTS, { user_id: user }, { body }));
}

export type ListChanges = Partial<Pick<NamedList, "name" | "archived"> & { color: ListColorChoice; position: number }>;

export async function changeList(user: string, id: number, body: ListChanges): Promise<number[]> {
  return changesOf(await send("patch", LIST, { user_id: user, list_id: id }, { body }));
}

/** Deletes a list; its tasks go with it, or into no list. */
export async function deleteList(user: string, id: number, tasks: "move" | "delete"): Promise<number[]> {
  return changesOf(await send("delete", LIST, { user_id: user, list_id: id }, { query: { tasks } }));
}

function readList(json: JsonValue): NamedList {
  if (!isObject(json) || typeof json.id !== "number" || typeof json.name !== "string") throw new SchemaError("list");
  const color = listColors.find((known) => known === json.color) ?? null;
  return { id: json.id, name: json.name, archived: json.archived === true, color };
}
