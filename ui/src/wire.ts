// The JSON shapes of the API, each read by a function that refuses anything else.

export interface Task {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
}

/** What this server can do for accounts. */
export interface Features {
  readonly google: boolean;
  readonly passwordReset: boolean;
  readonly emailVerification: boolean;
  readonly deleteUser: boolean;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly arguments: Json;
  readonly result: Json;
  readonly error: string | null;
  /** What to name when its question is answered; null when it asks nothing. */
  readonly action: string | null;
}

/** A conversation in the list. */
export interface Summary {
  readonly id: number;
  readonly title: string;
  readonly updatedAt: string;
}

export interface ChatMessage {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

export interface Conversation extends Summary {
  readonly messages: readonly ChatMessage[];
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
  const { id, title, description, completed } = members(json);
  if (typeof id !== "number" || typeof title !== "string" || typeof completed !== "boolean") {
    throw new UnexpectedShape("task");
  }
  return { id, title, description: typeof description === "string" ? description : null, completed };
}

export function readTasks(json: Json): Task[] {
  return list(json, "tasks").map(readTask);
}

export const noFeatures: Features = {
  google: false,
  passwordReset: false,
  emailVerification: false,
  deleteUser: false,
};

/** A server that does not say that it can, cannot. */
export function readFeatures(json: unknown): Features {
  const said = isObject(json as Json) ? (json as { readonly [name: string]: Json }) : {};
  return {
    google: said.google === true,
    passwordReset: said.password_reset === true,
    emailVerification: said.email_verification === true,
    deleteUser: said.delete_user === true,
  };
}

export function readSummaries(json: Json): Summary[] {
  return list(json, "conversations").map(readSummary);
}

function readSummary(json: Json): Summary {
  const { id, title, updated_at: updatedAt } = members(json);
  if (typeof id !== "number") throw new UnexpectedShape("conversation");
  return { id, title: text(title), updatedAt: text(updatedAt) };
}

export function readConversation(json: Json): Conversation {
  return { ...readSummary(json), messages: list(members(json).messages, "messages").map(readMessage) };
}

function readMessage(json: Json): ChatMessage {
  const { role, text: said, tool_calls: calls } = members(json);
  if (role !== "user" && role !== "assistant") throw new UnexpectedShape("message");
  return { role, text: text(said), calls: isArray(calls) ? calls.map(readToolCall) : [] };
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
    action: typeof call.action_id === "string" ? call.action_id : null,
  };
}

/** The call that the user's word was about, with what came of it. */
export function readDecided(json: Json): ToolCall {
  return readToolCall(list(members(json).tool_calls, "tool calls")[0] ?? null);
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

function list(json: Json | undefined, what: string): readonly Json[] {
  if (!isArray(json)) throw new UnexpectedShape(what);
  return json;
}

function members(json: Json): { readonly [name: string]: Json } {
  if (!isObject(json)) throw new UnexpectedShape("object");
  return json;
}

export function text(json: Json | undefined): string {
  return typeof json === "string" ? json : "";
}
