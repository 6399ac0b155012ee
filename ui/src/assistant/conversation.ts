// The messages of a conversation: how they grow with the events of a turn, and how stored ones are read. Pure.

import type { StreamEvent } from "../api/events";
import type { ChatMessage, JsonValue, ToolCall } from "../api/schema";
import { assistantStrings } from "../strings/assistant";

export const MAX_MESSAGE = 2000;

/** `unknown`: the reply ended before it said what became of the call. */
export type CallState = "doing" | "done" | "failed" | "asks" | "denied" | "undone" | "unknown";

/** A tool call as part of a message. */
export interface MessageCall {
  readonly id: string;
  readonly tool: string;
  readonly state: CallState;
  readonly input: JsonValue;
  readonly output: JsonValue;
  readonly reason: string | null;
  /** The action that waits for the user's decision. */
  readonly approval: string | null;
}

export type MessagePart =
  | { readonly kind: "text"; readonly id: string; readonly text: string }
  | ({ readonly kind: "call" } & MessageCall);

export interface ConversationMessage {
  readonly key: number;
  readonly by: "user" | "assistant";
  readonly parts: readonly MessagePart[];
  /** More parts are to come. */
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

/** The end of the message: what became of a call that is still running is not known. */
export function closeMessage(message: ConversationMessage): ConversationMessage {
  const parts = message.parts.map((part) =>
    part.kind === "call" && part.state === "doing" ? { ...part, state: "unknown" as const } : part,
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

/** Stored messages, with keys that precede `before`, the key of the message that follows them. */
export function toMessages(messages: readonly ChatMessage[], before = 0): ConversationMessage[] {
  return messages.map(({ role, text, tool_calls: calls }, index) => {
    const parts: MessagePart[] = calls.map((call) => ({ kind: "call", ...toMessageCall(call) }));
    if (text !== "") parts.push({ kind: "text", id: "text", text });
    return { key: before - messages.length + index, by: role, parts, open: false };
  });
}

export function toMessageCall(stored: ToolCall): MessageCall {
  const { id, name: tool, arguments: input, result: output, error: reason, action_id: approval } = stored;
  const call: MessageCall = { id, tool, state: "done", input, output, reason, approval };
  if (stored.status === "denied") return { ...call, state: "denied", reason: null };
  return { ...call, state: approval !== null ? "asks" : reason !== null ? "failed" : "done" };
}

/** Whether one of its calls waits for the user's decision. */
export function asksSomething({ parts }: ConversationMessage): boolean {
  return parts.some((part) => part.kind === "call" && part.state === "asks");
}

/**
 * The messages with those of their calls that waited as they are stored now. Calls of different turns may have the same
 * id, so the last question of those that are alike is the last of those that are stored.
 */
export function settleCalls(
  messages: readonly ConversationMessage[],
  stored: readonly MessageCall[],
): ConversationMessage[] {
  const left = [...stored];
  const settle = (part: MessagePart): MessagePart => {
    if (part.kind === "text" || part.state !== "asks") return part;
    const at = left.findLastIndex((call) => signature(call) === signature(part));
    const [now] = at === -1 ? [] : left.splice(at);
    return now ? { kind: "call", ...now } : part;
  };
  const settled = messages.toReversed().map((message) => {
    const parts = message.parts.toReversed().map(settle).reverse();
    return asksSomething(message) ? { ...message, parts } : message;
  });
  return settled.reverse();
}

function signature({ id, tool, input }: MessageCall): string {
  return JSON.stringify([id, tool, input]);
}

export function messageFault(text: string): string | null {
  return [...text].length > MAX_MESSAGE ? assistantStrings.tooLong(MAX_MESSAGE) : null;
}

/** The message that was not sent, followed by what was typed since. */
export function draftAfterFailure(sent: string, typed: string): string {
  return typed.trim() === "" ? sent : `${sent}\n${typed}`;
}

/** Whether the task list must be loaded again after this event. */
export function changesTasks({ parts }: ConversationMessage, event: StreamEvent): boolean {
  if (event.type !== "output") return false;
  return !parts.some((part) => part.kind === "call" && part.id === event.call && part.tool === "list_tasks");
}
