// The only `fetch` of the app: the REST and chat routes, with the access token of whoever is signed in.

import { accessToken, NoToken, reloadSession } from "./auth";
import { nextPage } from "./link";
import { Problem } from "./problem";
import { type ChatReply, type Json, readChatReply, readProblem, readTask, readTasks, type Task } from "./wire";

const TASK_TIMEOUT_MS = 20_000;
/** A turn of the assistant may take 90 s. */
const CHAT_TIMEOUT_MS = 100_000;
/** A list is fetched page by page; this many are more than anybody reads. */
const MAX_PAGES = 100;

interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: Json;
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

export async function renameTask(user: string, id: number, title: string): Promise<Task> {
  return readTask(await json(await send({ method: "PATCH", path: taskPath(user, id), body: { title } })));
}

export async function completeTask(user: string, id: number, completed: boolean): Promise<Task> {
  const path = `${taskPath(user, id)}/complete`;
  return readTask(await json(await send({ method: "PATCH", path, body: { completed } })));
}

export async function deleteTask(user: string, id: number): Promise<void> {
  await send({ method: "DELETE", path: taskPath(user, id) });
}

export async function chat(
  user: string,
  conversationId: number | null,
  message: string,
  signal: AbortSignal,
): Promise<ChatReply> {
  const path = `/api/${encodeURIComponent(user)}/chat`;
  const body = conversationId === null ? { message } : { conversation_id: conversationId, message };
  return readChatReply(await json(await send({ method: "POST", path, body, signal, timeout: CHAT_TIMEOUT_MS })));
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
  const headers = new Headers({ accept: "application/json", authorization: `Bearer ${bearer}` });
  if (call.body !== undefined) headers.set("content-type", "application/json");
  const timeout = AbortSignal.timeout(call.timeout ?? TASK_TIMEOUT_MS);
  try {
    return await fetch(call.path, {
      method: call.method,
      headers,
      body: call.body === undefined ? null : JSON.stringify(call.body),
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
