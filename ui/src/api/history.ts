// The history of the task list: who changed what, and undoing it.

import { nextPage } from "./link";
import type { components } from "./openapi";
import { getPage, readJson, send } from "./request";
import { isArray, isObject, type JsonValue, SchemaError, toText } from "./schema";

type StoredChange = components["schemas"]["TaskChange"];

/** One change of the list, which may concern many tasks. */
export interface HistoryChange extends Pick<StoredChange, "id" | "kind" | "actor" | "count"> {
  readonly madeAt: string;
  /** The name of the AI client; empty without one. */
  readonly app: string;
  readonly conversation: number | null;
  readonly undone: boolean;
  /** The titles of its first tasks, or the names of its lists. */
  readonly titles: readonly string[];
}

export interface HistoryPage {
  readonly changes: readonly HistoryChange[];
  /** The address of the page of older changes. */
  readonly older: string | null;
}

export type HistoryActor = HistoryChange["actor"];
/** Which changes: those of one kind of actor, or deletions that still stand. */
export type HistoryFilter = HistoryActor | "deleted";

/** The newest changes, or the page at this address. */
export async function listHistory(
  user: string,
  filter: HistoryFilter | null,
  address: string | null = null,
): Promise<HistoryPage> {
  const query = filter === null ? {} : filter === "deleted" ? { kind: "delete" as const } : { actor: filter };
  const response = await (address === null
    ? send("get", "/api/{user_id}/history", { user_id: user }, { query })
    : getPage(address));
  const json = await readJson(response);
  if (!isArray(json)) throw new SchemaError("history");
  const changes = json.map(readChange).filter(({ undone }) => filter !== "deleted" || !undone);
  return { changes, older: nextPage(response.headers.get("link")) };
}

/** All changes that are kept, as the server tells them, in a file. */
export async function exportHistory(user: string): Promise<Blob> {
  const changes: JsonValue[] = [];
  const query = { limit: 100 } as const;
  let response = await send("get", "/api/{user_id}/history", { user_id: user }, { query });
  for (;;) {
    const json = await readJson(response);
    if (!isArray(json)) throw new SchemaError("history");
    changes.push(...json);
    const older = nextPage(response.headers.get("link"));
    if (older === null) return new Blob([JSON.stringify(changes, null, 1)], { type: "application/json" });
    response = await getPage(older);
  }
}

function readChange(json: JsonValue): HistoryChange {
  if (!isObject(json) || typeof json.id !== "number") throw new SchemaError("change");
  const change: { readonly [Member in keyof StoredChange]?: JsonValue } = json;
  const tasks = isArray(change.tasks) ? change.tasks : [];
  const lists = isArray(change.lists) ? change.lists : [];
  const ofLists = toText(change.kind).startsWith("list_");
  return {
    id: json.id,
    kind: toText(change.kind) as HistoryChange["kind"],
    actor: toText(change.actor) as HistoryActor,
    count: typeof change.count === "number" ? change.count : tasks.length,
    madeAt: toText(change.made_at),
    app: toText(change.app),
    conversation: typeof change.conversation_id === "number" ? change.conversation_id : null,
    undone: typeof change.undone_by === "number",
    titles: ofLists
      ? lists.map((list) => (isObject(list) ? toText(list.name) : ""))
      : tasks.map((task) => (isObject(task) ? toText(task.title) : "")),
  };
}
