// The operations of the routes that read tasks. Each throws an `ApiError` when it fails.

import { nextPage } from "./link";
import { getPage, readJson, send } from "./request";
import { isArray, isObject, readTask, readTasks, SchemaError, type Task, type TaskFilter } from "./schema";

const TASKS = "/api/{user_id}/tasks";
const TASK = "/api/{user_id}/tasks/{task_id}";
/** The size of the first page: the newest tasks, shown at once. Most lists have no more. */
const FIRST_PAGE = 200;
const FIRST_QUERY = { sort: "-id", limit: FIRST_PAGE } as const;
/** The size of every further page: the most that the API returns in one response. */
const LARGE_PAGE = 10_000;
/** More pages than any real list has. */
const MAX_PAGES = 100;

const taskParams = (user: string, id: number) => ({ user_id: user, task_id: id });

/** All tasks, by number. If there are many, `onNewest` gets the newest ones first; `onVersion` gets the number of the list's last change. */
export async function listTasks(
  user: string,
  onNewest: (newest: Task[]) => void,
  onVersion: (version: number) => void,
): Promise<Task[]> {
  const tasks: Task[] = [];
  let response = await send("get", TASKS, { user_id: user }, { query: FIRST_QUERY });
  onVersion(Number(response.headers.get("last-change")));
  for (let page = 1; ; page += 1) {
    tasks.push(...readTasks(await readJson(response)));
    const next = nextPage(response.headers.get("link"));
    if (next === null || page === MAX_PAGES) return tasks.reverse();
    if (page === 1) onNewest(tasks.toReversed());
    response = await getPage(next.replace(`limit=${FIRST_PAGE}`, `limit=${LARGE_PAGE}`));
  }
}

/** What changed in the list since a version of it. */
export interface ListChanges {
  /** The version that the list has with these changes. */
  readonly version: number;
  /** The tasks that were added or changed, as they are now. */
  readonly tasks: readonly Task[];
  readonly deleted: readonly number[];
  readonly listsChanged: boolean;
  /** Too much changed, or it is no longer known what: the list must be loaded. */
  readonly reload: boolean;
}

/** The changes since this version. */
export async function listChanges(user: string, since: number): Promise<ListChanges> {
  const json = await readJson(await getPage(`/api/${encodeURIComponent(user)}/tasks/changes?since=${since}`));
  if (!isObject(json) || typeof json.version !== "number") throw new SchemaError("changes");
  return {
    version: json.version,
    tasks: readTasks(json.tasks ?? []),
    deleted: isArray(json.deleted) ? json.deleted.map(Number) : [],
    listsChanged: json.lists_changed === true,
    reload: json.reload === true,
  };
}

/** The newest tasks that match the filter. */
export async function findTasks(user: string, { status, words }: TaskFilter): Promise<Task[]> {
  const query = { sort: "-id", limit: FIRST_PAGE, status, q: words.trim() } as const;
  return readTasks(await readJson(await send("get", TASKS, { user_id: user }, { query })));
}

export async function getTask(user: string, id: number): Promise<Task> {
  return readTask(await readJson(await send("get", TASK, taskParams(user, id))));
}
