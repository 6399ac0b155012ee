// The current conversation with the assistant: its messages, and the turn that is running.

import { effect, signal } from "@preact/signals";
import * as api from "../api/chat";
import { ApiError, toApiError } from "../api/problem";
import { newIdempotencyKey } from "../api/request";
import { assistantView, keepAssistant, readKeptAssistant, unreadReply } from "../state/assistant";
import { drafts } from "../state/drafts";
import { announce } from "../state/notices";
import { assistantStrings } from "../strings/assistant";
import { appStrings } from "../strings/firstPage";
import { reloadTasks } from "../tasks/store";
import { tellOtherTabs } from "../tasks/tabs";
import {
  applyEvent,
  asksSomething,
  type ConversationMessage,
  changesTasks,
  closeMessage,
  draftAfterFailure,
  type MessageCall,
  messageFault,
  messageText,
  settleCalls,
  toMessageCall,
  toMessages,
  updateCall,
} from "./conversation";
import { toSpeech } from "./parseMarkup";

/** The last page of the conversation and the turns since. */
export const messages = signal<readonly ConversationMessage[]>([]);
/** The pages before it that were loaded, and the address of the page before those. */
export const earlierMessages = signal<readonly ConversationMessage[]>([]);
export const earlierPage = signal<string | null>(null);
export const busy = signal(false);
/** Why the last turn failed, shown beside the message that is back in its field. */
export const turnFailure = signal<string | null>(null);
/** The user stopped the last turn. */
export const turnStopped = signal(false);
/** When the next message may be sent, in milliseconds since 1970; null for now. */
export const blockedUntil = signal<number | null>(null);

/** A conversation of the server; the title of one that began on this page is null. */
interface OpenConversation {
  readonly id: number;
  readonly title: string | null;
}

/** Null for a new one, until its first turn starts. */
export const currentConversation = signal<OpenConversation | null>(null);

let owner: string | null = null;
let lastKey = 0;
let currentTurn: AbortController | null = null;
/** The last message without a complete reply; sent again with its key it is the same message. */
let unconfirmed: api.OutgoingMessage | null = null;

/** Continues this user's conversation; that of another user is forgotten. */
export function openConversation(user: string, id: number | undefined): void {
  let wanted = id;
  if (owner !== user) {
    owner = user;
    newConversation();
    wanted ??= readKeptAssistant(user)?.conversation ?? undefined;
    keepOverReloads(user);
  }
  if (wanted !== undefined && wanted !== currentConversation.peek()?.id) void loadConversation(wanted);
}

/** Keeps in the tab which conversation is open, until somebody else signs in. */
function keepOverReloads(user: string): void {
  // The conversation that was kept is about to be loaded.
  let coming = readKeptAssistant(user)?.conversation ?? null;
  const stop = effect(() => {
    const conversation = currentConversation.value?.id ?? coming;
    const kept = { owner: user, open: assistantView.value !== null, conversation };
    if (owner !== user) stop();
    else keepAssistant(kept);
    coming = null;
  });
}

export function newConversation(): void {
  currentTurn?.abort();
  currentTurn = null;
  unconfirmed = null;
  currentConversation.value = null;
  messages.value = [];
  earlierMessages.value = [];
  earlierPage.value = null;
  turnFailure.value = null;
  turnStopped.value = false;
  busy.value = false;
}

/** Shows a stored conversation, to continue it. */
export async function loadConversation(id: number): Promise<void> {
  const user = owner;
  if (user === null) return;
  newConversation();
  try {
    const page = await api.getConversation(user, id);
    if (owner !== user || busy.peek()) return;
    currentConversation.value = { id, title: page.title };
    messages.value = toMessages(page.messages);
    earlierPage.value = page.earlier;
  } catch (cause) {
    turnFailure.value = describeFailure(cause);
  }
}

/** Shows the page before the earliest message. */
export async function loadEarlier(): Promise<void> {
  const [user, id, address] = [owner, currentConversation.peek()?.id, earlierPage.peek()];
  if (user === null || id === undefined || address === null) return;
  const page = await api.getConversation(user, id, address);
  if (earlierPage.peek() !== address) return;
  const [first] = [...earlierMessages.peek(), ...messages.peek()];
  earlierMessages.value = [...toMessages(page.messages, first?.key), ...earlierMessages.peek()];
  earlierPage.value = page.earlier;
}

/** Sends the text in the field. If the turn does not start, the text returns to the field. */
export async function sendMessage(): Promise<void> {
  const user = owner;
  const text = drafts.message.peek().trim();
  if (user === null || busy.peek() || text === "" || blockedUntil.peek() !== null) return;
  turnFailure.value = messageFault(text);
  turnStopped.value = false;
  if (turnFailure.peek() !== null) return;
  drafts.message.value = "";
  const conversation = currentConversation.peek()?.id ?? null;
  if (unconfirmed?.text !== text) unconfirmed = { conversation, text, key: newIdempotencyKey() };
  await runTurn(user, unconfirmed);
}

async function runTurn(user: string, outgoing: api.OutgoingMessage): Promise<void> {
  const controller = new AbortController();
  currentTurn = controller;
  busy.value = true;
  const before = messages.peek();
  const question = newMessage("user", outgoing.text);
  let reply: ConversationMessage = { ...newMessage("assistant", ""), parts: [], open: true };
  messages.value = [...before, question];
  let started = false;
  // Only a turn that runs to its end reports what each tool did.
  let incomplete = true;
  try {
    await api.streamChat(user, outgoing, controller.signal, (event) => {
      if (currentTurn !== controller) return;
      started = true;
      if (event.type === "start" && event.conversation !== null) noteConversation(event.conversation);
      if (event.type === "error") turnFailure.value = event.reason || appStrings.problems.other;
      reply = applyEvent(reply, event);
      messages.value = [...before, question, reply];
      if (changesTasks(reply, event)) showTaskChange(user);
    });
    if (currentTurn !== controller) return;
    incomplete = reply.open;
    if (reply.open) turnFailure.value ??= assistantStrings.brokenOff;
    else if (turnFailure.peek() === null) unconfirmed = null;
    void settleQuestions(user);
  } catch (cause) {
    if (currentTurn !== controller) return;
    turnStopped.value = isStop(cause);
    if (!isStop(cause)) turnFailure.value = describeFailure(cause);
    incomplete = started || toApiError(cause).status === 0;
    if (!started) drafts.message.value = draftAfterFailure(outgoing.text, drafts.message.peek());
  }
  messages.value = started ? [...before, question, closeMessage(reply)] : before;
  currentTurn = null;
  busy.value = false;
  unreadReply.value = started && assistantView.peek() === null;
  const speech = toSpeech(messageText(reply));
  if (speech !== "") announce(`${assistantStrings.said} ${speech}`);
  if (incomplete) showTaskChange(user);
}

/** The turn has started: a conversation that is new has its number. */
function noteConversation(id: number): void {
  if (currentConversation.peek()?.id !== id) currentConversation.value = { id, title: null };
}

/** A message may have decided questions of earlier turns: takes over what became of them. */
async function settleQuestions(user: string): Promise<void> {
  const id = currentConversation.peek()?.id;
  if (id === undefined || !messages.peek().some(asksSomething)) return;
  const page = await api.getConversation(user, id).catch(() => null);
  if (page === null || owner !== user || currentConversation.peek()?.id !== id) return;
  const stored = page.messages.flatMap(({ tool_calls: calls }) => calls.map(toMessageCall));
  messages.value = settleCalls(messages.peek(), stored);
}

/** Stops waiting for the reply. */
export function stopTurn(): void {
  currentTurn?.abort();
}

/** Sends the message without a complete reply once more. */
export function retryMessage(): void {
  const text = unconfirmed?.text;
  turnFailure.value = null;
  if (text === undefined) return;
  // Its incomplete reply makes room for the complete one.
  const at = messages.peek().findLastIndex((message) => message.by === "user" && messageText(message) === text);
  if (at !== -1 && drafts.message.peek().trim() === "") {
    messages.value = messages.peek().slice(0, at);
    drafts.message.value = text;
  }
  void sendMessage();
}

/** Sends the user's decision about a call that waits for it. */
export async function decideCall(key: number, call: string, approval: string, approve: boolean): Promise<void> {
  const user = owner;
  if (user === null) return;
  changeCall(key, call, { state: "doing" });
  try {
    changeCall(key, call, toMessageCall(await api.decideAction(user, approval, approve)));
    showTaskChange(user);
  } catch (cause) {
    const expired = cause instanceof ApiError && [404, 409, 410].includes(cause.status);
    if (expired) changeCall(key, call, { state: "failed", reason: describeFailure(cause) });
    else changeCall(key, call, { state: "asks" });
    if (!expired) turnFailure.value = describeFailure(cause);
  }
}

/** Changes what a card shows. */
export function changeCall(key: number, call: string, change: Partial<MessageCall>): void {
  const list = earlierMessages.peek().some((message) => message.key === key) ? earlierMessages : messages;
  list.value = list.peek().map((message) => (message.key === key ? updateCall(message, call, change) : message));
}

/** The calls of the conversation that are loaded. */
export function conversationCalls(): readonly MessageCall[] {
  const all = [...earlierMessages.peek(), ...messages.peek()];
  return all.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "call" ? part : [])));
}

export function conversationOwner(): string | null {
  return owner;
}

/** The assistant has changed tasks: the list is loaded again, here and in other tabs. */
export function showTaskChange(user: string): void {
  void reloadTasks();
  tellOtherTabs(user);
}

function newMessage(by: ConversationMessage["by"], text: string): ConversationMessage {
  lastKey += 1;
  return { key: lastKey, by, parts: [{ kind: "text", id: "text", text }], open: false };
}

/** The message for the user. A rate limit also blocks the field for as long as the server says. */
function describeFailure(cause: unknown): string {
  if (!(cause instanceof ApiError)) return appStrings.problems.other;
  if (cause.status === 429 && cause.retryAfter !== null) blockFor(cause.retryAfter);
  return cause.sentence;
}

/** Whether the user stopped the turn. */
function isStop(cause: unknown): boolean {
  return cause instanceof ApiError && cause.code === "aborted";
}

function blockFor(seconds: number): void {
  blockedUntil.value = Date.now() + seconds * 1000;
  setTimeout(() => {
    blockedUntil.value = null;
    turnFailure.value = null;
    announce(assistantStrings.free);
  }, seconds * 1000);
}
