// The operations that change tasks. Each throws an `ApiError` when it fails.

import { ApiError } from "./problem";
import {
  changesOf,
  mergeWrites,
  type RecordedWrite,
  type TaskMembers,
  type TaskPlace,
  type UndoneWrite,
} from "./recordedWrite";
import { newIdempotencyKey, readJson, send } from "./request";
import {
  type BulkChanges,
  type BulkOutcome,
  isArray,
  isObject,
  type JsonValue,
  type NewTaskDetails,
  readBulk,
  readTask,
  readTasks,
  toText,
} from "./schema";

const TASKS = "/api/{user_id}/tasks";
const TASK = "/api/{user_id}/tasks/{task_id}";
const UNDO = "/api/{user_id}/history/{change_id}/undo";
/** The most tasks of one request that changes many. */
const MANY = 100;
/** `If-Match` of any version; a deployment may require the header. */
const ANY_VERSION = "*";

const taskParams = (user: string, id: number) => ({ user_id: user, task_id: id });

async function written(response: Response): Promise<RecordedWrite> {
  return { tasks: [readTask(await readJson(response))], deleted: [], changes: changesOf(response) };
}

/** Adds a task; a second request with the same key returns the same task. */
export async function addTask(
  user: string,
  title: string,
  key: string,
  details?: NewTaskDetails,
): Promise<RecordedWrite> {
  if (details?.list) await createList(user, details.list);
  const response = await send("post", TASKS, { user_id: user }, { body: { title, ...details }, key });
  const write = await written(response);
  const id = write.tasks[0]?.id;
  // The response of the attempt that added the task was lost, and with it the number of the change.
  if (id === undefined || response.headers.get("idempotent-replayed") === null) return write;
  return { ...write, changes: await findAddition(user, id) };
}

async function findAddition(user: string, task: number): Promise<number[]> {
  const query = { task, kind: "add", limit: 1 } as const;
  const json = await readJson(await send("get", "/api/{user_id}/history", { user_id: user }, { query }));
  return isArray(json) ? json.flatMap((change) => (isObject(change) ? Number(change.id) : [])) : [];
}

/** Makes the list with this name if there is none. */
export async function createList(user: string, name: string): Promise<void> {
  try {
    await send("post", "/api/{user_id}/lists", { user_id: user }, { body: { name } });
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 409) throw cause;
  }
}

/** Changes the members that are named. Fails with 412 when the task no longer has this version. */
export async function editTask(
  user: string,
  id: number,
  body: TaskMembers,
  version: string | null,
): Promise<RecordedWrite> {
  if (body.list) await createList(user, body.list);
  const options = { body, match: version === null ? ANY_VERSION : `"${version}"` };
  return written(await send("patch", TASK, taskParams(user, id), options));
}

/** Completes or reopens a task; a repeating one moves on once for all requests with the same key. */
export async function completeTask(user: string, id: number, completed: boolean, key: string): Promise<RecordedWrite> {
  const options = { body: { completed }, match: ANY_VERSION, key };
  return written(await send("patch", `${TASK}/complete`, taskParams(user, id), options));
}

/** Deletes a task; one that no longer exists is deleted already. */
export async function deleteTask(user: string, id: number): Promise<RecordedWrite> {
  const response = await send("delete", TASK, taskParams(user, id), { match: ANY_VERSION }).catch((cause: unknown) => {
    if (!(cause instanceof ApiError) || cause.status !== 404) throw cause;
    return null;
  });
  return { tasks: [], deleted: [id], changes: response === null ? [] : changesOf(response) };
}

export type BulkWrite = RecordedWrite & BulkOutcome;

/**
 * Does the same to many tasks, as one change for each hundred. Tasks that no longer exist are deleted already. What comes
 * directly behind a task pushes on what came there before, so the last hundred goes first then.
 */
export async function changeTogether(user: string, ids: readonly number[], changes: BulkChanges): Promise<BulkWrite> {
  if (changes.list) await createList(user, changes.list);
  const writes: BulkWrite[] = [];
  const chunks = chunksOf(ids);
  for (const some of changes.after === undefined ? chunks : chunks.reverse()) {
    const options = { body: { ids: some, ...changes }, key: newIdempotencyKey() };
    const response = await send("post", `${TASKS}/bulk`, { user_id: user }, options);
    writes.push({ ...readBulk(await readJson(response)), changes: changesOf(response) });
  }
  return { ...mergeWrites(writes), refused: writes.flatMap(({ refused }) => refused) };
}

function chunksOf(ids: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(ids.length / MANY) }, (_, at) => ids.slice(at * MANY, (at + 1) * MANY));
}

/** Puts a task beside another one. Twice is the same as once. */
export async function moveTask(user: string, id: number, place: TaskPlace): Promise<RecordedWrite> {
  const options = { body: place, repeatable: true };
  return written(await send("post", `${TASK}/move`, taskParams(user, id), options));
}

/** Brings back a task that was deleted elsewhere. */
export async function restoreTask(user: string, id: number): Promise<RecordedWrite> {
  try {
    return await written(await send("post", `${TASK}/restore`, taskParams(user, id), { repeatable: true }));
  } catch (cause) {
    // Nothing to restore: an earlier attempt of this request may have restored it and lost its response.
    if (!(cause instanceof ApiError) || cause.status !== 404) throw cause;
    return written(await send("get", TASK, taskParams(user, id)));
  }
}

/** Undoes one change. What was undone before is no failure. */
export async function undoChange(user: string, change: number): Promise<UndoneWrite> {
  const params = { user_id: user, change_id: change };
  try {
    const response = await send("post", UNDO, params, { repeatable: true });
    return readUndone(await readJson(response), changesOf(response));
  } catch (cause) {
    // Only a change whose members were all changed since names them.
    if (!(cause instanceof ApiError) || cause.status !== 409 || cause.errors.length > 0) throw cause;
    return { tasks: [], deleted: [], changes: [], kept: [], complete: false };
  }
}

function readUndone(json: JsonValue, changes: readonly number[]): UndoneWrite {
  const { tasks, deleted, kept, count } = isObject(json) ? json : {};
  const back = readTasks(tasks ?? []);
  const gone = isArray(deleted) ? deleted.map(Number) : [];
  return {
    tasks: back,
    deleted: gone,
    changes,
    kept: isArray(kept) ? kept.map((task) => (isObject(task) ? toText(task.title) : "")) : [],
    complete: Number(count) <= back.length + gone.length,
  };
}
