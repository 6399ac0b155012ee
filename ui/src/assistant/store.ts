// The conversation with the assistant: what was said, what it did, and the turn that is under way.

import { signal } from "@preact/signals";
import * as api from "../api/operations";
import { ApiError, toApiError } from "../api/problem";
import { newIdempotencyKey } from "../api/request";
import { drafts } from "../state/drafts";
import { announce } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { reloadTasks as listChanged } from "../tasks/store";
import { tellOtherTabs } from "../tasks/tabs";
import {
  applyEvent,
  type ConversationMessage,
  changesTasks,
  closeMessage,
  draftAfterFailure,
  messageFault,
  messageText,
  toMessageCall,
  toMessages,
  type UndoAction,
  updateCall,
} from "./conversation";
import { toSpeech } from "./parseMarkup";

export const messages = signal<readonly ConversationMessage[]>([]);
/** What was said before them, as far as it was asked for, and the address of what was said before that. */
export const earlierMessages = signal<readonly ConversationMessage[]>([]);
export const earlierPage = signal<string | null>(null);
export const busy = signal(false);
/** What went wrong with the last turn, to be read next to the message that is back in its field. */
export const turnFailure = signal<string | null>(null);
/** When the next message may be sent, in milliseconds since 1970; null: now. */
export const blockedUntil = signal<number | null>(null);
export const conversationId = signal<number | null>(null);

let owner: string | null = null;
let lastKey = 0;
let underway: AbortController | null = null;
/** The message that got no whole answer, to be sent again as the same one. */
let unanswered: api.OutgoingMessage | null = null;

/** Continues this user's conversation; somebody else's is forgotten. */
export function openConversation(user: string, id: number | undefined): void {
  if (owner !== user) {
    owner = user;
    newConversation();
  }
  if (id !== undefined && id !== conversationId.peek()) void loadConversation(id);
}

export function newConversation(): void {
  underway?.abort();
  underway = null;
  unanswered = null;
  conversationId.value = null;
  messages.value = [];
  earlierMessages.value = [];
  earlierPage.value = null;
  turnFailure.value = null;
  busy.value = false;
}

/** Shows a conversation that was kept, to go on with it. */
export async function loadConversation(id: number): Promise<void> {
  const user = owner;
  if (user === null) return;
  newConversation();
  try {
    const found = await api.getConversation(user, id);
    if (owner !== user || busy.peek()) return;
    conversationId.value = id;
    messages.value = toMessages(found.messages);
    earlierPage.value = found.earlier;
  } catch (cause) {
    turnFailure.value = explain(cause);
  }
}

/** Shows what was said before what is shown. */
export async function loadEarlier(): Promise<void> {
  const [user, id, at] = [owner, conversationId.peek(), earlierPage.peek()];
  if (user === null || id === null || at === null) return;
  const found = await api.getConversation(user, id, at);
  if (earlierPage.peek() !== at) return;
  const [first] = [...earlierMessages.peek(), ...messages.peek()];
  earlierMessages.value = [...toMessages(found.messages, first?.key), ...earlierMessages.peek()];
  earlierPage.value = found.earlier;
}

/** Sends what is in the field. When nothing of it arrived it is in the field again. */
export async function sendMessage(): Promise<void> {
  const user = owner;
  const text = drafts.message.peek().trim();
  if (user === null || busy.peek() || text === "" || blockedUntil.peek() !== null) return;
  turnFailure.value = messageFault(text);
  if (turnFailure.peek() !== null) return;
  const controller = new AbortController();
  underway = controller;
  busy.value = true;
  drafts.message.value = "";
  const sent =
    unanswered?.text === text ? unanswered : { conversation: conversationId.peek(), text, key: newIdempotencyKey() };
  unanswered = sent;
  const before = messages.peek();
  const said = message("user", text);
  let answer: ConversationMessage = { ...message("assistant", ""), parts: [], open: true };
  messages.value = [...before, said];
  let begun = false;
  // What each tool did is known when the turn has come to its end.
  let unheard = true;
  try {
    await api.streamChat(user, sent, controller.signal, (event) => {
      if (underway !== controller) return;
      begun = true;
      if (event.type === "start" && event.conversation !== null) conversationId.value = event.conversation;
      if (event.type === "error") turnFailure.value = event.reason || appStrings.problems.other;
      answer = applyEvent(answer, event);
      messages.value = [...before, said, answer];
      if (changesTasks(answer, event)) tasksChanged(user);
    });
    if (underway !== controller) return;
    unheard = answer.open;
    if (answer.open) turnFailure.value ??= assistantStrings.brokenOff;
    else if (turnFailure.peek() === null) unanswered = null;
  } catch (cause) {
    if (underway !== controller) return;
    turnFailure.value = explain(cause);
    unheard = begun || toApiError(cause).status === 0;
    if (!begun) drafts.message.value = draftAfterFailure(text, drafts.message.peek());
  }
  messages.value = begun ? [...before, said, closeMessage(answer)] : before;
  underway = null;
  busy.value = false;
  const last = toSpeech(messageText(answer));
  if (last !== "") announce(`${assistantStrings.said} ${last}`);
  if (unheard) tasksChanged(user);
}

/** Stops waiting for the answer. */
export function stopTurn(): void {
  underway?.abort();
}

/** Sends once more what got no whole answer. */
export function retryMessage(): void {
  const again = unanswered;
  turnFailure.value = null;
  if (again === null) return;
  // Its own half answer makes room for the whole one.
  const at = messages.peek().findLastIndex((message) => message.by === "user" && messageText(message) === again.text);
  if (at !== -1 && drafts.message.peek().trim() === "") {
    messages.value = messages.peek().slice(0, at);
    drafts.message.value = again.text;
  }
  void sendMessage();
}

/** The user's own word on what a tool asked. */
export async function decideCall(key: number, call: string, approval: string, approve: boolean): Promise<void> {
  const user = owner;
  if (user === null) return;
  changeCall(key, call, { state: "doing" });
  try {
    changeCall(key, call, toMessageCall(await api.decideAction(user, approval, approve)));
    tasksChanged(user);
  } catch (cause) {
    const gone = cause instanceof ApiError && (cause.status === 404 || cause.status === 409 || cause.status === 410);
    if (gone) changeCall(key, call, { state: "failed", reason: explain(cause) });
    else changeCall(key, call, { state: "asks" });
    if (!gone) turnFailure.value = explain(cause);
  }
}

/** Takes back what a tool did. */
export async function undoCall(key: number, call: string, { kind, id }: UndoAction): Promise<void> {
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
    turnFailure.value = explain(cause);
  }
}

function changeCall(key: number, call: string, change: Parameters<typeof updateCall>[2]): void {
  const shown = earlierMessages.peek().some((message) => message.key === key) ? earlierMessages : messages;
  shown.value = shown.peek().map((message) => (message.key === key ? updateCall(message, call, change) : message));
}

function tasksChanged(user: string): void {
  void listChanged();
  tellOtherTabs(user);
}

function message(by: ConversationMessage["by"], text: string): ConversationMessage {
  lastKey += 1;
  return { key: lastKey, by, parts: [{ kind: "text", id: "text", text }], open: false };
}

function explain(cause: unknown): string {
  if (!(cause instanceof ApiError)) return appStrings.problems.other;
  if (cause.code === "aborted") return assistantStrings.stopped;
  if (cause.status === 429 && cause.retryAfter !== null) wait(cause.retryAfter);
  return cause.sentence;
}

function wait(seconds: number): void {
  blockedUntil.value = Date.now() + seconds * 1000;
  setTimeout(() => {
    blockedUntil.value = null;
    turnFailure.value = null;
    announce(assistantStrings.free);
  }, seconds * 1000);
}
