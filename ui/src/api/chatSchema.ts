// Reads the JSON of the chat's routes.

import {
  type ChatMessage,
  type Conversation,
  type ConversationSummary,
  isArray,
  type JsonValue,
  type Members,
  requireArray,
  requireObject,
  SchemaError,
  type ToolCall,
  toText,
} from "./schema";

export function readSummaries(json: JsonValue): ConversationSummary[] {
  return requireArray(json, "conversations").map(readSummary);
}

function readSummary(json: JsonValue): ConversationSummary {
  const { id, title, updated_at }: Members<"Conversation"> = requireObject(json);
  if (typeof id !== "number") throw new SchemaError("conversation");
  return { id, title: toText(title), updated_at: toText(updated_at) };
}

export function readConversation(json: JsonValue): Conversation {
  const { messages }: Members<"ConversationWithMessages"> = requireObject(json);
  return { ...readSummary(json), messages: requireArray(messages, "messages").map(readMessage) };
}

function readMessage(json: JsonValue): ChatMessage {
  const { role, text, tool_calls: calls }: Members<"ConversationMessage"> = requireObject(json);
  if (role !== "user" && role !== "assistant") throw new SchemaError("message");
  return { role, text: toText(text), tool_calls: isArray(calls) ? calls.map(readToolCall) : [] };
}

function readToolCall(json: JsonValue): ToolCall {
  const call: Members<"ToolCall"> = requireObject(json);
  if (typeof call.id !== "string" || typeof call.name !== "string") throw new SchemaError("tool call");
  return {
    id: call.id,
    name: call.name,
    status: toText(call.status),
    arguments: call.arguments ?? null,
    result: call.result ?? null,
    error: typeof call.error === "string" ? call.error : null,
    action_id: typeof call.action_id === "string" ? call.action_id : null,
  };
}

/** The tool call that the user decided about, with its outcome. */
export function readDecision(json: JsonValue): ToolCall {
  const { tool_calls: calls }: Members<"Reply"> = requireObject(json);
  return readToolCall(requireArray(calls, "tool calls")[0] ?? null);
}
