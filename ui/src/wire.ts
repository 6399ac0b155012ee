// The JSON shapes of the API, each read by a function that refuses anything else.

export interface Task {
  readonly id: number;
  readonly title: string;
  readonly completed: boolean;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly arguments: Json;
  readonly result: Json;
  readonly error: string | null;
}

export interface ChatReply {
  readonly conversationId: number;
  readonly response: string;
  readonly toolCalls: readonly ToolCall[];
}

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface ProblemDocument {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The answer was not what the API promises. */
export class UnexpectedShape extends Error {}

export function readTask(json: Json): Task {
  const { id, title, completed } = members(json);
  if (typeof id !== "number" || typeof title !== "string" || typeof completed !== "boolean") {
    throw new UnexpectedShape("task");
  }
  return { id, title, completed };
}

export function readTasks(json: Json): Task[] {
  if (!isArray(json)) throw new UnexpectedShape("tasks");
  return json.map(readTask);
}

export function readChatReply(json: Json): ChatReply {
  const { conversation_id: conversationId, response, tool_calls: calls } = members(json);
  if (typeof conversationId !== "number" || typeof response !== "string" || !isArray(calls)) {
    throw new UnexpectedShape("chat reply");
  }
  return { conversationId, response, toolCalls: calls.map(readToolCall) };
}

function readToolCall(json: Json): ToolCall {
  const call = members(json);
  if (typeof call.id !== "string" || typeof call.name !== "string") throw new UnexpectedShape("tool call");
  return {
    id: call.id,
    name: call.name,
    status: text(call.status),
    arguments: call.arguments ?? null,
    result: call.result ?? null,
    error: typeof call.error === "string" ? call.error : null,
  };
}

/** Reads a problem document (RFC 9457); members that are missing or of another type are empty. */
export function readProblem(json: Json): ProblemDocument {
  const problem = isObject(json) ? json : {};
  const errors = isArray(problem.errors) ? problem.errors : [];
  return { code: text(problem.code), detail: text(problem.detail), errors: errors.map(readFieldError) };
}

function readFieldError(json: Json): FieldError {
  const error = isObject(json) ? json : {};
  return { field: text(error.field), message: text(error.message) };
}

export function isObject(json: Json | undefined): json is { readonly [name: string]: Json } {
  return typeof json === "object" && json !== null && !isArray(json);
}

export function isArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function members(json: Json): { readonly [name: string]: Json } {
  if (!isObject(json)) throw new UnexpectedShape("object");
  return json;
}

function text(json: Json | undefined): string {
  return typeof json === "string" ? json : "";
}
