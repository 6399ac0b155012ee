// The operations of the chat's routes. Each throws an `ApiError` when it fails.

import { readConversation, readDecision, readSummaries } from "./chatSchema";
import { FrameDecoder, readEvent, type StreamEvent } from "./events";
import { nextPage } from "./link";
import { ApiError } from "./problem";
import { getPage, readJson, send } from "./request";
import { type Conversation, type ConversationSummary, isObject, type ToolCall } from "./schema";

const CONVERSATIONS = "/api/{user_id}/conversations";
const CONVERSATION = "/api/{user_id}/conversations/{conversation_id}";
/** A turn of the assistant may take 90 s. */
const CHAT_TIMEOUT_MS = 100_000;
/** More pages than anybody's conversations have. */
const MAX_PAGES = 100;

/** Whether a language model responds to messages; null where the server does not say. */
export async function hasLanguageModel(user: string): Promise<boolean | null> {
  const json = await readJson(await getPage(`/api/${encodeURIComponent(user)}/chat/features`));
  return isObject(json) && typeof json.language_model === "boolean" ? json.language_model : null;
}

/** A message to the assistant; sent again with the same key it is the same message. */
export interface OutgoingMessage {
  readonly conversation: number | null;
  readonly text: string;
  readonly key: string;
}

/** Runs one turn of the assistant and calls `onEvent` for each event; resolves at the end of the turn. */
export async function streamChat(
  user: string,
  { conversation, text, key }: OutgoingMessage,
  signal: AbortSignal,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const body = conversation === null ? { message: text } : { conversation_id: conversation, message: text };
  const options = { body, key, signal, accept: "text/event-stream", timeout: CHAT_TIMEOUT_MS };
  const response = await send("post", "/api/{user_id}/chat", { user_id: user }, options);
  const frames = new FrameDecoder();
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      for (const frame of frames.push(decoder.decode(read.value, { stream: true }))) {
        const event = readEvent(frame);
        if (event !== null) onEvent(event);
      }
    }
  } catch {
    throw new ApiError(0, signal.aborted ? "aborted" : "offline");
  }
}

/** Sends the user's decision about a tool call that waits for it; returns the call with its outcome. */
export async function decideAction(user: string, action: string, approve: boolean): Promise<ToolCall> {
  const params = { user_id: user, action_id: action };
  const options = { body: { approve }, timeout: CHAT_TIMEOUT_MS, repeatable: true };
  return readDecision(await readJson(await send("post", "/api/{user_id}/chat/actions/{action_id}", params, options)));
}

/** All conversations with these words, newest first. */
export async function listConversations(user: string, words: string): Promise<ConversationSummary[]> {
  const summaries: ConversationSummary[] = [];
  let response = await send(
    "get",
    CONVERSATIONS,
    { user_id: user },
    { query: { limit: 100, ...(words === "" ? {} : { q: words }) } },
  );
  for (let page = 1; ; page += 1) {
    summaries.push(...readSummaries(await readJson(response)));
    const next = nextPage(response.headers.get("link"));
    if (next === null || page === MAX_PAGES) return summaries;
    response = await getPage(next);
  }
}

/** A page of a conversation, and the address of the page before it. */
export interface ConversationPage extends Conversation {
  readonly earlier: string | null;
}

/** The last page of a conversation, or the page at this address. */
export async function getConversation(
  user: string,
  id: number,
  address: string | null = null,
): Promise<ConversationPage> {
  const params = { user_id: user, conversation_id: id };
  const response = await (address === null ? send("get", CONVERSATION, params) : getPage(address));
  return { ...readConversation(await readJson(response)), earlier: nextPage(response.headers.get("link")) };
}

/** Gives a conversation another title, and returns it as it is kept. */
export async function renameConversation(user: string, id: number, title: string): Promise<string> {
  const params = { user_id: user, conversation_id: id };
  return readConversation(await readJson(await send("patch", CONVERSATION, params, { body: { title } }))).title;
}

export async function deleteConversation(user: string, id: number): Promise<void> {
  await ignoreMissing(send("delete", CONVERSATION, { user_id: user, conversation_id: id }, { keepalive: true }));
}

/** What no longer exists is deleted, perhaps by an earlier attempt of this request whose response was lost. */
async function ignoreMissing(deletion: Promise<Response>): Promise<void> {
  try {
    await deletion;
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.status !== 404) throw cause;
  }
}
