// What a conversation is made of, and what each tool call did in words. Pure.

import type { StreamEvent } from "../api/events";
import { type ChatMessage, isArray, isObject, type JsonValue, type ToolCall } from "../api/schema";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";

export const MAX_MESSAGE = 2000;

export type CallState = "doing" | "done" | "failed" | "asks" | "denied";

export interface MessageCall {
  readonly id: string;
  readonly tool: string;
  readonly state: CallState;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly reason: string | null;
  /** What to name when its question is answered. */
  readonly approval: string | null;
}

export type MessagePart =
  | { readonly kind: "text"; readonly id: string; readonly text: string }
  | ({ readonly kind: "call" } & MessageCall);

export interface ConversationMessage {
  readonly key: number;
  readonly by: "user" | "assistant";
  readonly parts: readonly MessagePart[];
  /** Still being said. */
  readonly open: boolean;
}

export function messageText(message: ConversationMessage): string {
  return message.parts.map((part) => (part.kind === "text" ? part.text : "")).join("\n");
}

/** The message after one more event of its stream. */
export function applyEvent(message: ConversationMessage, event: StreamEvent): ConversationMessage {
  switch (event.type) {
    case "text":
      return { ...message, parts: appendText(message.parts, event.id, event.delta) };
    case "input":
      return { ...message, parts: [...message.parts, newCall(event.call, event.tool, event.input)] };
    case "output":
      return updateCall(message, event.call, { state: "done", output: event.output });
    case "failed":
      return updateCall(message, event.call, { state: "failed", reason: event.reason });
    case "denied":
      return updateCall(message, event.call, { state: "denied" });
    case "asks":
      return updateCall(message, event.call, { state: "asks", approval: event.approval });
    case "finish":
      return closeMessage(message);
    default:
      return message;
  }
}

/** No more is said: what was still doing then is not known to be done. */
export function closeMessage(message: ConversationMessage): ConversationMessage {
  const parts = message.parts.map((part) =>
    part.kind === "call" && part.state === "doing"
      ? { ...part, state: "failed" as const, reason: assistantStrings.brokenOff }
      : part,
  );
  return { ...message, parts, open: false };
}

export function updateCall(
  message: ConversationMessage,
  id: string,
  change: Partial<MessageCall>,
): ConversationMessage {
  const parts = message.parts.map((part) => (part.kind === "call" && part.id === id ? { ...part, ...change } : part));
  return { ...message, parts };
}

function appendText(parts: readonly MessagePart[], id: string, delta: string): MessagePart[] {
  const last = parts.at(-1);
  if (last?.kind === "text" && last.id === id) return [...parts.slice(0, -1), { ...last, text: last.text + delta }];
  return [...parts, { kind: "text", id, text: delta }];
}

function newCall(id: string, tool: string, input: JsonValue): MessagePart {
  return { kind: "call", id, tool, state: "doing", input, output: null, reason: null, approval: null };
}

/** Messages that were kept, of which the last comes before the one of this key. */
export function toMessages(messages: readonly ChatMessage[], before = 0): ConversationMessage[] {
  return messages.map(({ role, text, tool_calls: calls }, index) => {
    const parts: MessagePart[] = calls.map((call) => ({ kind: "call", ...toMessageCall(call) }));
    if (text !== "") parts.push({ kind: "text", id: "text", text });
    return { key: before - messages.length + index, by: role, parts, open: false };
  });
}

export function toMessageCall({
  id,
  name,
  arguments: input,
  result,
  error,
  status,
  action_id: approval,
}: ToolCall): MessageCall {
  const call: MessageCall = { id, tool: name, state: "done", input, output: result, reason: error, approval };
  if (status === "denied") return { ...call, state: "denied", reason: null };
  return { ...call, state: approval !== null ? "asks" : error !== null ? "failed" : "done" };
}

export function messageFault(text: string): string | null {
  return [...text].length > MAX_MESSAGE ? assistantStrings.tooLong(MAX_MESSAGE) : null;
}

/** The message that was not sent, before whatever was typed since. */
export function draftAfterFailure(sent: string, typed: string): string {
  return typed.trim() === "" ? sent : `${sent}\n${typed}`;
}

/** What the task list must be asked again after. */
export function changesTasks({ parts }: ConversationMessage, event: StreamEvent): boolean {
  if (event.type !== "output") return false;
  return !parts.some((part) => part.kind === "call" && part.id === event.call && part.tool === "list_tasks");
}

export interface CallCard {
  readonly name: string;
  /** The exact tasks, as the tool itself reports them; never the model's words. */
  readonly subjects: readonly string[];
  readonly reason: string | null;
}

/** `titleOf` knows the user's own list. */
export function describeCall(call: MessageCall, titleOf: (id: number) => string | undefined): CallCard {
  const names = assistantStrings.tools[call.tool];
  const found = subjects(call.output, call.tool, titleOf);
  return {
    name: names === undefined ? call.tool : names[call.state === "done" ? "done" : "doing"],
    subjects: found.length > 0 ? found : subjects(call.input, call.tool, titleOf),
    reason: call.reason === null ? null : stripInvisible(call.reason),
  };
}

/** `#3 Buy milk`, `3 tasks`, or what of it is known. */
function subjects(json: JsonValue, tool: string, titleOf: (id: number) => string | undefined): string[] {
  if (!isObject(json)) return [];
  if (isArray(json.tasks)) {
    if (tool === "list_tasks") return [assistantStrings.count(json.tasks.length)];
    return json.tasks.flatMap((task) => subjects(task, tool, titleOf));
  }
  if (isObject(json.task)) return subjects(json.task, tool, titleOf);
  const id = numberOf(json);
  const title = typeof json.title === "string" ? json.title : id === null ? "" : (titleOf(id) ?? "");
  const subject = `${id === null ? "" : taskStrings.number(id)} ${stripInvisible(title)}`.trim();
  return subject === "" ? [] : [subject];
}

function numberOf(json: { readonly [name: string]: JsonValue }): number | null {
  const id = json.id ?? json.task_id ?? json.deleted_id;
  return typeof id === "number" ? id : null;
}

/** How a call that was done can be taken back; null when it cannot. */
export type UndoAction = { readonly kind: "delete" | "restore" | "reopen"; readonly id: number };

export function undoFor(call: MessageCall): UndoAction | null {
  if (call.state !== "done") return null;
  const id = taskId(call.output) ?? taskId(call.input);
  if (id === null) return null;
  switch (call.tool) {
    case "add_task":
      return { kind: "delete", id };
    case "delete_task":
      return { kind: "restore", id };
    case "complete_task":
      return { kind: "reopen", id };
    default:
      return null;
  }
}

function taskId(json: JsonValue): number | null {
  if (!isObject(json)) return null;
  return isObject(json.task) ? taskId(json.task) : numberOf(json);
}

/** Characters that cannot be seen, or that turn the text around them: tags, variation selectors, joiners, bidi controls. */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\uFE00-\uFE0F]|[\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069]/gu;

export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
