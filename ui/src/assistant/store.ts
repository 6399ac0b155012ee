// The conversation with the assistant: what was said, what it did, and the turn that is under way.

import { signal } from "@preact/signals";
import { chat } from "../api";
import { session } from "../auth";
import { drafts } from "../drafts";
import { Problem } from "../problem";
import { strings } from "../strings";
import { refreshTasks } from "../tasks/store";
import { draftAfterFailure, type Message, messageFault } from "./conversation";

export const messages = signal<readonly Message[]>([]);
export const busy = signal(false);
/** What went wrong with the last turn, to be read next to the message that is back in its field. */
export const failure = signal<string | null>(null);

let owner: string | null = null;
let conversationId: number | null = null;
let lastKey = 0;
let underway: AbortController | null = null;

/** Continues this user's conversation; somebody else's is forgotten. */
export function openConversation(user: string): void {
  if (owner === user) return;
  underway?.abort();
  underway = null;
  owner = user;
  conversationId = null;
  messages.value = [];
  failure.value = null;
  busy.value = false;
}

/** Sends what is in the field. When that fails it is in the field again. */
export async function send(): Promise<void> {
  const user = owner;
  const text = drafts.message.peek().trim();
  if (user === null || busy.peek() || text === "") return;
  failure.value = messageFault(text);
  if (failure.peek() !== null) return;
  const controller = new AbortController();
  underway = controller;
  busy.value = true;
  drafts.message.value = "";
  const before = messages.peek();
  say({ by: "user", text, calls: [] });
  try {
    const reply = await chat(user, conversationId, text, controller.signal);
    if (underway !== controller) return;
    conversationId = reply.conversationId;
    say({ by: "assistant", text: reply.response, calls: reply.toolCalls });
  } catch (cause) {
    if (underway !== controller) return;
    messages.value = before;
    drafts.message.value = draftAfterFailure(text, drafts.message.peek());
    failure.value = explain(cause);
  }
  underway = null;
  busy.value = false;
  // Also after a failure: some of the tools may have run.
  if (session.peek().kind === "user") await refreshTasks();
}

/** Stops waiting for the answer. */
export function stop(): void {
  underway?.abort();
}

function say(message: Omit<Message, "key">): void {
  lastKey += 1;
  messages.value = [...messages.peek(), { key: lastKey, ...message }];
}

function explain(cause: unknown): string {
  if (!(cause instanceof Problem)) return strings.problems.other;
  return cause.code === "aborted" ? strings.assistant.stopped : cause.sentence;
}
