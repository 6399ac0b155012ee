// The JSON shapes of the API. Their types are those of the OpenAPI document; what arrives is read by functions that
// refuse anything else, and may read only members that the document has.

import type { components } from "./openapi";

type Schemas = components["schemas"];

export type Task = Pick<Schemas["Task"], "id" | "title" | "description" | "completed" | "updated_at">;

/** A conversation in the list. */
export type Summary = Pick<Schemas["Conversation"], "id" | "title" | "updated_at">;

export interface ToolCall extends Pick<Schemas["ToolCall"], "id" | "name"> {
  readonly status: string;
  readonly arguments: Json;
  readonly result: Json;
  readonly error: string | null;
  /** What to name when its question is answered; null when it asks nothing. */
  readonly action_id: string | null;
}

export interface ChatMessage extends Pick<Schemas["Said"], "role" | "text"> {
  readonly tool_calls: readonly ToolCall[];
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

/** What this server can do for accounts. */
export interface Features {
  readonly google: boolean;
  readonly passwordReset: boolean;
  readonly emailVerification: boolean;
  readonly deleteUser: boolean;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An object in which only members of this schema can be looked for. */
type Members<Name extends keyof Schemas> = { readonly [Member in keyof Schemas[Name]]?: Json };

/** The answer was not what the API promises. */
export class UnexpectedShape extends Error {}

export function readTask(json: Json): Task {
  const { id, title, description, completed, updated_at }: Members<"Task"> = members(json);
  if (typeof id !== "number" || typeof title !== "string" || typeof completed !== "boolean") {
    throw new UnexpectedShape("task");
  }
  const notes = typeof description === "string" ? description : null;
  return { id, title, description: notes, completed, updated_at: text(updated_at) };
}

export function readTasks(json: Json): Task[] {
  return list(json, "tasks").map(readTask);
}

/** How many tasks an import has added. */
export function readImported(json: Json): number {
  const { imported }: Members<"Imported"> = members(json);
  return typeof imported === "number" ? imported : 0;
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
  const { id, title, updated_at }: Members<"Conversation"> = members(json);
  if (typeof id !== "number") throw new UnexpectedShape("conversation");
  return { id, title: text(title), updated_at: text(updated_at) };
}

export function readConversation(json: Json): Conversation {
  const { messages }: Members<"ConversationWithMessages"> = members(json);
  return { ...readSummary(json), messages: list(messages, "messages").map(readMessage) };
}

function readMessage(json: Json): ChatMessage {
  const { role, text: said, tool_calls: calls }: Members<"Said"> = members(json);
  if (role !== "user" && role !== "assistant") throw new UnexpectedShape("message");
  return { role, text: text(said), tool_calls: isArray(calls) ? calls.map(readToolCall) : [] };
}

function readToolCall(json: Json): ToolCall {
  const call: Members<"ToolCall"> = members(json);
  if (typeof call.id !== "string" || typeof call.name !== "string") throw new UnexpectedShape("tool call");
  return {
    id: call.id,
    name: call.name,
    status: text(call.status),
    arguments: call.arguments ?? null,
    result: call.result ?? null,
    error: typeof call.error === "string" ? call.error : null,
    action_id: typeof call.action_id === "string" ? call.action_id : null,
  };
}

/** The call that the user's word was about, with what came of it. */
export function readDecided(json: Json): ToolCall {
  const { tool_calls: calls }: Members<"Reply"> = members(json);
  return readToolCall(list(calls, "tool calls")[0] ?? null);
}

/** Reads a problem document (RFC 9457); members that are missing or of another type are empty. */
export function readProblem(json: Json): ProblemDocument {
  const problem: Members<"Problem"> = isObject(json) ? json : {};
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
