// The operations of the REST and chat routes, as the app needs them. Each throws a `Problem` when it does not work.

import type { Wanted, Words } from "../tasks/list";
import { Frames, readEvent, type StreamEvent } from "./events";
import { nextPage } from "./link";
import { Problem } from "./problem";
import { follow, json, newKey, send } from "./request";
import {
  type Conversation,
  readConversation,
  readDecided,
  readImported,
  readSummaries,
  readTask,
  readTasks,
  type Summary,
  type Task,
  type ToolCall,
} from "./schema";

const TASKS = "/api/{user_id}/tasks";
const TASK = "/api/{user_id}/tasks/{task_id}";
const CONVERSATIONS = "/api/{user_id}/conversations";
const CONVERSATION = "/api/{user_id}/conversations/{conversation_id}";
/** A turn of the assistant may take 90 s. */
const CHAT_TIMEOUT_MS = 100_000;
/** The newest tasks, which are there at once; most lists have no more. */
const FIRST = 200;
/** All others come together: the most that the API gives in one answer. */
const OTHERS = 10_000;
/** This many answers are more than anybody reads. */
const MAX_PAGES = 100;
/** Whatever its version is; a deployment may want to be told even that. */
const ANY = "*";

const one = (user: string, id: number) => ({ user_id: user, task_id: id });

/** All tasks, by number; tells the newest ones first if there are many. */
export async function listTasks(user: string, tell: (newest: Task[]) => void): Promise<Task[]> {
  const tasks: Task[] = [];
  let response = await send("get", TASKS, { user_id: user }, { query: { sort: "-id", limit: FIRST } });
  for (let page = 1; ; page += 1) {
    tasks.push(...readTasks(await json(response)));
    const next = nextPage(response.headers.get("link"));
    if (next === null || page === MAX_PAGES) return tasks.reverse();
    if (page === 1) tell(tasks.toReversed());
    response = await follow(next.replace(`limit=${FIRST}`, `limit=${OTHERS}`));
  }
}

/** The newest of those that the server finds. */
export async function findTasks(user: string, { status, words }: Wanted): Promise<Task[]> {
  const query = { sort: "-id", limit: FIRST, status, q: words.trim() } as const;
  return readTasks(await json(await send("get", TASKS, { user_id: user }, { query })));
}

export async function getTask(user: string, id: number): Promise<Task> {
  return readTask(await json(await send("get", TASK, one(user, id))));
}

/** Sent again with the same key, it is the same task. */
export async function addTask(user: string, title: string, key: string): Promise<Task> {
  return readTask(await json(await send("post", TASKS, { user_id: user }, { body: { title }, key })));
}

/** Refused with 412 when the task has another version by now. */
export async function editTask(user: string, id: number, words: Words, version: string): Promise<Task> {
  const { title, description } = words;
  const options = { body: { title, description }, match: `"${version}"` };
  return readTask(await json(await send("patch", TASK, one(user, id), options)));
}

export async function completeTask(user: string, id: number, completed: boolean): Promise<Task> {
  const options = { body: { completed }, match: ANY };
  return readTask(await json(await send("patch", `${TASK}/complete`, one(user, id), options)));
}

export async function deleteTask(user: string, id: number): Promise<void> {
  await gone(send("delete", TASK, one(user, id), { match: ANY }));
}

export async function restoreTask(user: string, id: number): Promise<Task> {
  try {
    return readTask(await json(await send("post", `${TASK}/restore`, one(user, id), { repeatable: true })));
  } catch (cause) {
    // Nothing to bring back: perhaps it is back, by this very request, whose first answer was lost.
    if (!(cause instanceof Problem) || cause.status !== 404) throw cause;
    return getTask(user, id);
  }
}

export async function exportTasks(user: string, format: "json" | "csv"): Promise<Blob> {
  return (await send("get", `${TASKS}/export`, { user_id: user }, { query: { format }, accept: "*/*" })).blob();
}

/** Sends the file as it is; the number of tasks that were added. */
export async function importTasks(user: string, file: Blob, type: string): Promise<number> {
  return readImported(
    await json(await send("post", `${TASKS}/import`, { user_id: user }, { file, type, key: newKey() })),
  );
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
  const options = { body, key, signal, accept: "text/event-stream", timeout: CHAT_TIMEOUT_MS };
  const response = await send("post", "/api/{user_id}/chat", { user_id: user }, options);
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
  const places = { user_id: user, action_id: action };
  const options = { body: { approve }, timeout: CHAT_TIMEOUT_MS, repeatable: true };
  return readDecided(await json(await send("post", "/api/{user_id}/chat/actions/{action_id}", places, options)));
}

/** All conversations, the newest first. */
export async function listConversations(user: string): Promise<Summary[]> {
  const found: Summary[] = [];
  let response = await send("get", CONVERSATIONS, { user_id: user }, { query: { limit: 100 } });
  for (let page = 1; ; page += 1) {
    found.push(...readSummaries(await json(response)));
    const next = nextPage(response.headers.get("link"));
    if (next === null || page === MAX_PAGES) return found;
    response = await follow(next);
  }
}

/** A part of a conversation, and the address of what was said before it. */
export interface Excerpt extends Conversation {
  readonly earlier: string | null;
}

/** The end of a conversation, or the part at this address. */
export async function getConversation(user: string, id: number, earlier: string | null = null): Promise<Excerpt> {
  const places = { user_id: user, conversation_id: id };
  const response = await (earlier === null ? send("get", CONVERSATION, places) : follow(earlier));
  return { ...readConversation(await json(response)), earlier: nextPage(response.headers.get("link")) };
}

export async function deleteConversation(user: string, id: number): Promise<void> {
  await gone(send("delete", CONVERSATION, { user_id: user, conversation_id: id }));
}

/** What is not there any more is gone, whoever did it: perhaps this request, whose first answer was lost. */
async function gone(deletion: Promise<Response>): Promise<void> {
  try {
    await deletion;
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.status !== 404) throw cause;
  }
}
