// What a conversation is made of, and what each tool call did in words. Pure.

import type { StreamEvent } from "../api/events";
import { type ChatMessage, isArray, isObject, type Json, type ToolCall } from "../api/schema";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";

export const MAX_MESSAGE = 2000;

export type CallState = "doing" | "done" | "failed" | "asks" | "denied";

export interface Call {
  readonly id: string;
  readonly tool: string;
  readonly state: CallState;
  readonly input: Json;
  readonly output: Json;
  readonly reason: string | null;
  /** What to name when its question is answered. */
  readonly approval: string | null;
}

export type Part =
  | { readonly kind: "text"; readonly id: string; readonly text: string }
  | ({ readonly kind: "call" } & Call);

export interface Message {
  readonly key: number;
  readonly by: "user" | "assistant";
  readonly parts: readonly Part[];
  /** Still being said. */
  readonly open: boolean;
}

export function textOf(message: Message): string {
  return message.parts.map((part) => (part.kind === "text" ? part.text : "")).join("\n");
}

/** The message after one more event of its stream. */
export function received(message: Message, event: StreamEvent): Message {
  switch (event.type) {
    case "text":
      return { ...message, parts: withText(message.parts, event.id, event.delta) };
    case "input":
      return { ...message, parts: [...message.parts, fresh(event.call, event.tool, event.input)] };
    case "output":
      return withCall(message, event.call, { state: "done", output: event.output });
    case "failed":
      return withCall(message, event.call, { state: "failed", reason: event.reason });
    case "denied":
      return withCall(message, event.call, { state: "denied" });
    case "asks":
      return withCall(message, event.call, { state: "asks", approval: event.approval });
    case "finish":
      return closed(message);
    default:
      return message;
  }
}

/** No more is said: what was still doing then is not known to be done. */
export function closed(message: Message): Message {
  const parts = message.parts.map((part) =>
    part.kind === "call" && part.state === "doing"
      ? { ...part, state: "failed" as const, reason: assistantStrings.brokenOff }
      : part,
  );
  return { ...message, parts, open: false };
}

export function withCall(message: Message, id: string, change: Partial<Call>): Message {
  const parts = message.parts.map((part) => (part.kind === "call" && part.id === id ? { ...part, ...change } : part));
  return { ...message, parts };
}

function withText(parts: readonly Part[], id: string, delta: string): Part[] {
  const last = parts.at(-1);
  if (last?.kind === "text" && last.id === id) return [...parts.slice(0, -1), { ...last, text: last.text + delta }];
  return [...parts, { kind: "text", id, text: delta }];
}

function fresh(id: string, tool: string, input: Json): Part {
  return { kind: "call", id, tool, state: "doing", input, output: null, reason: null, approval: null };
}

/** Messages that were kept, of which the last comes before the one of this key. */
export function kept(messages: readonly ChatMessage[], before = 0): Message[] {
  return messages.map(({ role, text, tool_calls: calls }, index) => {
    const parts: Part[] = calls.map((call) => ({ kind: "call", ...recorded(call) }));
    if (text !== "") parts.push({ kind: "text", id: "text", text });
    return { key: before - messages.length + index, by: role, parts, open: false };
  });
}

export function recorded({ id, name, arguments: input, result, error, status, action_id: approval }: ToolCall): Call {
  const call: Call = { id, tool: name, state: "done", input, output: result, reason: error, approval };
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
export function changesTasks({ parts }: Message, event: StreamEvent): boolean {
  if (event.type !== "output") return false;
  return !parts.some((part) => part.kind === "call" && part.id === event.call && part.tool === "list_tasks");
}

export interface Card {
  readonly name: string;
  /** The exact tasks, as the tool itself reports them; never the model's words. */
  readonly subjects: readonly string[];
  readonly reason: string | null;
}

/** `titleOf` knows the user's own list. */
export function card(call: Call, titleOf: (id: number) => string | undefined): Card {
  const names = assistantStrings.tools[call.tool];
  const found = subjects(call.output, call.tool, titleOf);
  return {
    name: names === undefined ? call.tool : names[call.state === "done" ? "done" : "doing"],
    subjects: found.length > 0 ? found : subjects(call.input, call.tool, titleOf),
    reason: call.reason === null ? null : plain(call.reason),
  };
}

/** `#3 Buy milk`, `3 tasks`, or what of it is known. */
function subjects(json: Json, tool: string, titleOf: (id: number) => string | undefined): string[] {
  if (!isObject(json)) return [];
  if (isArray(json.tasks)) {
    if (tool === "list_tasks") return [assistantStrings.count(json.tasks.length)];
    return json.tasks.flatMap((task) => subjects(task, tool, titleOf));
  }
  if (isObject(json.task)) return subjects(json.task, tool, titleOf);
  const id = numberOf(json);
  const title = typeof json.title === "string" ? json.title : id === null ? "" : (titleOf(id) ?? "");
  const subject = `${id === null ? "" : taskStrings.number(id)} ${plain(title)}`.trim();
  return subject === "" ? [] : [subject];
}

function numberOf(json: { readonly [name: string]: Json }): number | null {
  const id = json.id ?? json.task_id ?? json.deleted_id;
  return typeof id === "number" ? id : null;
}

/** How a call that was done can be taken back; null when it cannot. */
export type Undo = { readonly kind: "delete" | "restore" | "reopen"; readonly id: number };

export function undoOf(call: Call): Undo | null {
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

function taskId(json: Json): number | null {
  if (!isObject(json)) return null;
  return isObject(json.task) ? taskId(json.task) : numberOf(json);
}

/** Characters that cannot be seen, or that turn the text around them: tags, variation selectors, joiners, bidi controls. */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\uFE00-\uFE0F]|[\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069]/gu;

export function plain(text: string): string {
  return text.replace(INVISIBLE, "");
}
