// The only `fetch` of the app: the REST and chat routes, with the access token of whoever is signed in.

import { Frames, readEvent, type StreamEvent } from "./assistant/stream";
import { accessToken, NoToken, reloadSession } from "./auth";
import { nextPage } from "./link";
import { Problem } from "./problem";
import type { Words } from "./tasks/list";
import {
  type Conversation,
  isObject,
  type Json,
  readConversation,
  readDecided,
  readProblem,
  readSummaries,
  readTask,
  readTasks,
  type Summary,
  type Task,
  type ToolCall,
} from "./wire";

const TASK_TIMEOUT_MS = 20_000;
/** A turn of the assistant may take 90 s. */
const CHAT_TIMEOUT_MS = 100_000;
/** A list is fetched page by page; this many are more than anybody reads. */
const MAX_PAGES = 100;

interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: Json;
  /** Sent as it is, in place of a body. */
  readonly file?: Blob;
  readonly type?: string;
  readonly accept?: string;
  /** The same request under the same key is carried out once. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

export async function listTasks(user: string): Promise<Task[]> {
  const tasks: Task[] = [];
  let path: string | null = tasksPath(user);
  for (let page = 0; path !== null && page < MAX_PAGES; page += 1) {
    const response: Response = await send({ method: "GET", path });
    tasks.push(...readTasks(await json(response)));
    path = nextPage(response.headers.get("link"));
  }
  return tasks;
}

export async function addTask(user: string, title: string): Promise<Task> {
  return readTask(await json(await send({ method: "POST", path: tasksPath(user), body: { title } })));
}

export async function editTask(user: string, id: number, { title, description }: Words): Promise<Task> {
  const body = { title, description };
  return readTask(await json(await send({ method: "PATCH", path: taskPath(user, id), body })));
}

export async function completeTask(user: string, id: number, completed: boolean): Promise<Task> {
  const path = `${taskPath(user, id)}/complete`;
  return readTask(await json(await send({ method: "PATCH", path, body: { completed } })));
}

export async function deleteTask(user: string, id: number): Promise<void> {
  await send({ method: "DELETE", path: taskPath(user, id) });
}

export async function restoreTask(user: string, id: number): Promise<Task> {
  return readTask(await json(await send({ method: "POST", path: `${taskPath(user, id)}/restore` })));
}

export async function exportTasks(user: string, format: "json" | "csv"): Promise<Blob> {
  return (await send({ method: "GET", path: `${tasksPath(user)}/export?format=${format}`, accept: "*/*" })).blob();
}

/** Sends the file as it is; the number of tasks that were added. */
export async function importTasks(user: string, file: Blob, type: string): Promise<number> {
  const answer = await json(await send({ method: "POST", path: `${tasksPath(user)}/import`, file, type }));
  return isObject(answer) && typeof answer.imported === "number" ? answer.imported : 0;
}

/** A message on its way: sent again with the same key, it is the same message. */
export interface Sent {
  readonly conversation: number | null;
  readonly text: string;
  readonly key: string;
}

/** One turn of the assistant. Tells each event as it comes, and is done when the turn is. */
export async function chat(
  user: string,
  { conversation, text, key }: Sent,
  signal: AbortSignal,
  tell: (event: StreamEvent) => void,
): Promise<void> {
  const body = conversation === null ? { message: text } : { conversation_id: conversation, message: text };
  const path = `/api/${encodeURIComponent(user)}/chat`;
  const accept = "text/event-stream";
  const response = await send({ method: "POST", path, body, key, signal, accept, timeout: CHAT_TIMEOUT_MS });
  const frames = new Frames();
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      for (const frame of frames.push(decoder.decode(read.value, { stream: true }))) {
        const event = readEvent(frame);
        if (event !== null) tell(event);
      }
    }
  } catch {
    throw new Problem(0, signal.aborted ? "aborted" : "offline");
  }
}

/** The user's word on a question of the assistant; what was done then. */
export async function decide(user: string, action: string, approve: boolean): Promise<ToolCall> {
  const path = `/api/${encodeURIComponent(user)}/chat/actions/${encodeURIComponent(action)}`;
  return readDecided(await json(await send({ method: "POST", path, body: { approve }, timeout: CHAT_TIMEOUT_MS })));
}

export async function listConversations(user: string): Promise<Summary[]> {
  return readSummaries(await json(await send({ method: "GET", path: conversationsPath(user) })));
}

export async function getConversation(user: string, id: number): Promise<Conversation> {
  return readConversation(await json(await send({ method: "GET", path: `${conversationsPath(user)}/${id}` })));
}

export async function deleteConversation(user: string, id: number): Promise<void> {
  await send({ method: "DELETE", path: `${conversationsPath(user)}/${id}` });
}

function conversationsPath(user: string): string {
  return `/api/${encodeURIComponent(user)}/conversations`;
}

function tasksPath(user: string): string {
  return `/api/${encodeURIComponent(user)}/tasks`;
}

function taskPath(user: string, id: number): string {
  return `${tasksPath(user)}/${id}`;
}

/** One request; once more with a new token when the first one is refused. Throws a `Problem`. */
async function send(call: Call): Promise<Response> {
  const first = await token();
  const response = await request(call, first);
  if (response.status !== 401) return accepted(response);
  accessToken.refuse(first);
  const again = await request(call, await token());
  if (again.status === 401) await reloadSession();
  return accepted(again);
}

async function token(): Promise<string> {
  try {
    return await accessToken.get();
  } catch (cause) {
    const status = cause instanceof NoToken ? cause.status : 0;
    if (status === 401) await reloadSession();
    throw new Problem(status, "no_token");
  }
}

async function request(call: Call, bearer: string): Promise<Response> {
  const headers = new Headers({ accept: call.accept ?? "application/json", authorization: `Bearer ${bearer}` });
  if (call.body !== undefined) headers.set("content-type", "application/json");
  if (call.key !== undefined) headers.set("idempotency-key", call.key);
  if (call.type !== undefined) headers.set("content-type", call.type);
  const timeout = AbortSignal.timeout(call.timeout ?? TASK_TIMEOUT_MS);
  try {
    return await fetch(call.path, {
      method: call.method,
      headers,
      body: call.body === undefined ? (call.file ?? null) : JSON.stringify(call.body),
      signal: call.signal ? anySignal(call.signal, timeout) : timeout,
      credentials: "omit",
      cache: "no-store",
    });
  } catch {
    throw new Problem(0, timeout.aborted ? "timeout" : call.signal?.aborted ? "aborted" : "offline");
  }
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const document = readProblem(await json(response).catch(() => null));
  throw Problem.answered(response.status, document, response.headers.get("retry-after"));
}

async function json(response: Response): Promise<Json> {
  return (await response.json()) as Json;
}

/** `AbortSignal.any`, which browsers of early 2023 do not have yet. */
function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
