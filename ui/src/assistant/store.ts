// The conversation with the assistant: what was said, what it did, and the turn that is under way.

import { signal } from "@preact/signals";
import * as api from "../api/operations";
import { asProblem, Problem } from "../api/problem";
import { newKey } from "../api/request";
import { drafts } from "../state/drafts";
import { announce } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { tasksChanged as listChanged } from "../tasks/store";
import { tellOtherTabs } from "../tasks/tabs";
import {
  changesTasks,
  closed,
  draftAfterFailure,
  kept,
  type Message,
  messageFault,
  received,
  recorded,
  textOf,
  type Undo,
  withCall,
} from "./conversation";
import { spoken } from "./parseMarkup";

export const messages = signal<readonly Message[]>([]);
/** What was said before them, as far as it was asked for, and the address of what was said before that. */
export const earlier = signal<readonly Message[]>([]);
export const earlierAt = signal<string | null>(null);
export const busy = signal(false);
/** What went wrong with the last turn, to be read next to the message that is back in its field. */
export const failure = signal<string | null>(null);
/** When the next message may be sent, in milliseconds since 1970; null: now. */
export const freeAt = signal<number | null>(null);
export const conversation = signal<number | null>(null);

let owner: string | null = null;
let lastKey = 0;
let underway: AbortController | null = null;
/** The message that got no whole answer, to be sent again as the same one. */
let unanswered: api.Sent | null = null;

/** Continues this user's conversation; somebody else's is forgotten. */
export function openConversation(user: string, id: number | undefined): void {
  if (owner !== user) {
    owner = user;
    newConversation();
  }
  if (id !== undefined && id !== conversation.peek()) void load(id);
}

export function newConversation(): void {
  underway?.abort();
  underway = null;
  unanswered = null;
  conversation.value = null;
  messages.value = [];
  earlier.value = [];
  earlierAt.value = null;
  failure.value = null;
  busy.value = false;
}

/** Shows a conversation that was kept, to go on with it. */
export async function load(id: number): Promise<void> {
  const user = owner;
  if (user === null) return;
  newConversation();
  try {
    const found = await api.getConversation(user, id);
    if (owner !== user || busy.peek()) return;
    conversation.value = id;
    messages.value = kept(found.messages);
    earlierAt.value = found.earlier;
  } catch (cause) {
    failure.value = explain(cause);
  }
}

/** Shows what was said before what is shown. */
export async function loadEarlier(): Promise<void> {
  const [user, id, at] = [owner, conversation.peek(), earlierAt.peek()];
  if (user === null || id === null || at === null) return;
  const found = await api.getConversation(user, id, at);
  if (earlierAt.peek() !== at) return;
  const [first] = [...earlier.peek(), ...messages.peek()];
  earlier.value = [...kept(found.messages, first?.key), ...earlier.peek()];
  earlierAt.value = found.earlier;
}

/** Sends what is in the field. When nothing of it arrived it is in the field again. */
export async function send(): Promise<void> {
  const user = owner;
  const text = drafts.message.peek().trim();
  if (user === null || busy.peek() || text === "" || freeAt.peek() !== null) return;
  failure.value = messageFault(text);
  if (failure.peek() !== null) return;
  const controller = new AbortController();
  underway = controller;
  busy.value = true;
  drafts.message.value = "";
  const sent = unanswered?.text === text ? unanswered : { conversation: conversation.peek(), text, key: newKey() };
  unanswered = sent;
  const before = messages.peek();
  const said = message("user", text);
  let answer: Message = { ...message("assistant", ""), parts: [], open: true };
  messages.value = [...before, said];
  let begun = false;
  // What each tool did is known when the turn has come to its end.
  let unheard = true;
  try {
    await api.chat(user, sent, controller.signal, (event) => {
      if (underway !== controller) return;
      begun = true;
      if (event.type === "start" && event.conversation !== null) conversation.value = event.conversation;
      if (event.type === "error") failure.value = event.reason || appStrings.problems.other;
      answer = received(answer, event);
      messages.value = [...before, said, answer];
      if (changesTasks(answer, event)) tasksChanged(user);
    });
    if (underway !== controller) return;
    unheard = answer.open;
    if (answer.open) failure.value ??= assistantStrings.brokenOff;
    else if (failure.peek() === null) unanswered = null;
  } catch (cause) {
    if (underway !== controller) return;
    failure.value = explain(cause);
    unheard = begun || asProblem(cause).status === 0;
    if (!begun) drafts.message.value = draftAfterFailure(text, drafts.message.peek());
  }
  messages.value = begun ? [...before, said, closed(answer)] : before;
  underway = null;
  busy.value = false;
  const last = spoken(textOf(answer));
  if (last !== "") announce(`${assistantStrings.said} ${last}`);
  if (unheard) tasksChanged(user);
}

/** Stops waiting for the answer. */
export function stop(): void {
  underway?.abort();
}

/** Sends once more what got no whole answer. */
export function retry(): void {
  const again = unanswered;
  failure.value = null;
  if (again === null) return;
  // Its own half answer makes room for the whole one.
  const at = messages.peek().findLastIndex((message) => message.by === "user" && textOf(message) === again.text);
  if (at !== -1 && drafts.message.peek().trim() === "") {
    messages.value = messages.peek().slice(0, at);
    drafts.message.value = again.text;
  }
  void send();
}

/** The user's own word on what a tool asked. */
export async function decide(key: number, call: string, approval: string, approve: boolean): Promise<void> {
  const user = owner;
  if (user === null) return;
  changeCall(key, call, { state: "doing" });
  try {
    changeCall(key, call, recorded(await api.decide(user, approval, approve)));
    tasksChanged(user);
  } catch (cause) {
    const gone = cause instanceof Problem && (cause.status === 404 || cause.status === 409 || cause.status === 410);
    if (gone) changeCall(key, call, { state: "failed", reason: explain(cause) });
    else changeCall(key, call, { state: "asks" });
    if (!gone) failure.value = explain(cause);
  }
}

/** Takes back what a tool did. */
export async function takeBack(key: number, call: string, { kind, id }: Undo): Promise<void> {
  const user = owner;
  if (user === null) return;
  try {
    if (kind === "delete") await api.deleteTask(user, id);
    if (kind === "restore") await api.restoreTask(user, id);
    if (kind === "reopen") await api.completeTask(user, id, false);
    changeCall(key, call, { state: "denied", reason: assistantStrings.undone });
    announce(assistantStrings.undone);
    tasksChanged(user);
  } catch (cause) {
    failure.value = explain(cause);
  }
}

function changeCall(key: number, call: string, change: Parameters<typeof withCall>[2]): void {
  const shown = earlier.peek().some((message) => message.key === key) ? earlier : messages;
  shown.value = shown.peek().map((message) => (message.key === key ? withCall(message, call, change) : message));
}

function tasksChanged(user: string): void {
  void listChanged();
  tellOtherTabs(user);
}

function message(by: Message["by"], text: string): Message {
  lastKey += 1;
  return { key: lastKey, by, parts: [{ kind: "text", id: "text", text }], open: false };
}

function explain(cause: unknown): string {
  if (!(cause instanceof Problem)) return appStrings.problems.other;
  if (cause.code === "aborted") return assistantStrings.stopped;
  if (cause.status === 429 && cause.retryAfter !== null) wait(cause.retryAfter);
  return cause.sentence;
}

function wait(seconds: number): void {
  freeAt.value = Date.now() + seconds * 1000;
  setTimeout(() => {
    freeAt.value = null;
    failure.value = null;
    announce(assistantStrings.free);
  }, seconds * 1000);
}
