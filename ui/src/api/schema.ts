// The JSON shapes of the API. Their types derive from the OpenAPI document. A response is read by a function that
// rejects any other shape and that compiles only if the document has the members it reads.

import type { components } from "./openapi";

type Schemas = components["schemas"];

export type TaskPriority = NonNullable<Schemas["Task"]["priority"]>;

/** From when the next time of a repeating task is counted. */
export type RepeatFrom = Schemas["Task"]["repeat_from"];

export interface Task extends Pick<Schemas["Task"], "id" | "title" | "description" | "completed" | "updated_at"> {
  // Absent in a list that was stored before tasks had them.
  readonly priority?: TaskPriority;
  /** A day (`2026-12-01`) or a local time (`2026-12-01T17:00`). */
  readonly due?: string | null;
  readonly overdue?: boolean;
  /** The rule by which it repeats (RFC 5545). */
  readonly repeat?: string | null;
  readonly repeat_from?: RepeatFrom;
  /** Minutes before it is due. */
  readonly remind?: readonly number[];
  /** The rule by which it repeats, in words. */
  readonly repeat_text?: string | null;
  readonly tags?: readonly string[];
  /** The name of its list; null is the inbox. */
  readonly list?: string | null;
  /** The number of the task that it is a step of. */
  readonly parent?: number | null;
  /** Its place among the tasks, compared by bytes. */
  readonly position?: string;
}

type EditableMember =
  | "title"
  | "description"
  | "priority"
  | "due"
  | "repeat"
  | "repeat_from"
  | "remind"
  | "tags"
  | "list";

/** What the user can edit in a task; without notes the description is null. */
export type TaskText = Pick<Task, EditableMember>;

/** The text of a task together with the version of the task that has it. */
export type TaskVersion = Pick<Task, EditableMember | "updated_at">;

/** What a new task has besides its title. */
export type NewTaskDetails = Partial<
  Pick<Schemas["NewTask"], "due" | "repeat" | "repeat_from" | "priority" | "tags" | "list" | "parent" | "remind">
>;

/** What one request does to many tasks. */
export type BulkChanges = Omit<Schemas["BulkChanges"], "ids">;

export type TaskStatus = "all" | "pending" | "completed";

/** Which tasks to list: by status, and by words of their text or by their number. */
export interface TaskFilter {
  readonly status: TaskStatus;
  readonly words: string;
  /** By when the tasks are due: `today` has those that are late too. */
  readonly due?: "today" | "upcoming";
  readonly tag?: string;
  /** The name of a list; empty for the inbox, whose tasks are in none. */
  readonly list?: string;
  readonly sort?: TaskOrder;
}

/** `manual` is the user's own order, which dragging changes. */
export const taskOrders = ["manual", "due", "priority", "title", "newest"] as const;
export type TaskOrder = (typeof taskOrders)[number];

/** A conversation as it is listed, without its messages. */
export type ConversationSummary = Pick<Schemas["Conversation"], "id" | "title" | "updated_at">;

export interface ToolCall extends Pick<Schemas["ToolCall"], "id" | "name"> {
  readonly status: string;
  readonly arguments: JsonValue;
  readonly result: JsonValue;
  readonly error: string | null;
  /** The action that waits for the user's decision; null if the call needs none. */
  readonly action_id: string | null;
}

export interface ChatMessage extends Pick<Schemas["ConversationMessage"], "role" | "text"> {
  readonly tool_calls: readonly ToolCall[];
}

export interface Conversation extends ConversationSummary {
  readonly messages: readonly ChatMessage[];
}

export interface FieldError {
  readonly field: string;
  readonly message: string;
  /** The line of an imported file. */
  readonly line: number | null;
}

export interface ProblemDocument {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

/** The account features that this server offers. */
export interface ServerFeatures {
  readonly google: boolean;
  readonly passwordReset: boolean;
  readonly emailVerification: boolean;
  readonly deleteUser: boolean;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** An object of which only the members of this schema can be read. */
export type Members<Name extends keyof Schemas> = { readonly [Member in keyof Schemas[Name]]?: JsonValue };

/** A response that does not have the documented shape. */
export class SchemaError extends Error {}

export function readTask(json: JsonValue): Task {
  const { id, title, description, completed, updated_at, ...more }: Members<"Task"> = requireObject(json);
  if (typeof id !== "number" || typeof title !== "string" || typeof completed !== "boolean") {
    throw new SchemaError("task");
  }
  const notes = typeof description === "string" ? description : null;
  return {
    id,
    title,
    description: notes,
    completed,
    updated_at: toText(updated_at),
    ...readDetails(more),
  };
}

/** What a task has besides its text; an empty member is left out. */
function readDetails(json: Members<"Task">): Partial<Task> {
  const { priority, due, overdue, repeat, repeat_from: from, remind, repeat_text: words } = json;
  const { tags, list, parent, position } = json;
  return {
    priority: priorities.find((known) => known === priority) ?? "none",
    ...(typeof due === "string" ? { due } : {}),
    ...(overdue === true ? { overdue } : {}),
    ...(typeof repeat === "string" ? { repeat } : {}),
    ...(from === "completion" ? { repeat_from: from } : {}),
    ...(isArray(remind) && remind.length > 0
      ? { remind: remind.filter((minutes) => typeof minutes === "number") }
      : {}),
    ...(typeof words === "string" ? { repeat_text: words } : {}),
    ...(isArray(tags) && tags.length > 0 ? { tags: tags.map(toText) } : {}),
    ...(typeof list === "string" ? { list } : {}),
    ...(typeof parent === "number" ? { parent } : {}),
    ...(typeof position === "string" ? { position } : {}),
  };
}

/** From none to the highest. */
export const priorities: readonly TaskPriority[] = ["none", "low", "medium", "high"];

/** What became of the tasks of a request for many. */
export interface BulkOutcome {
  /** As they are now. */
  readonly tasks: readonly Task[];
  /** The numbers of those that are gone. */
  readonly deleted: readonly number[];
  /** Those to which it could not be done, and why. */
  readonly refused: readonly { readonly id: number; readonly why: FieldError }[];
}

export function readBulk(json: JsonValue): BulkOutcome {
  const { results }: Members<"BulkResults"> = requireObject(json);
  const items = requireArray(results ?? null, "results").map(requireObject);
  const those = (...states: readonly string[]) => items.filter(({ status }) => states.includes(toText(status)));
  return {
    tasks: those("changed", "unchanged", "not_current").flatMap(({ task }) => (task ? readTask(task) : [])),
    deleted: those("deleted", "not_found").map(({ id }) => Number(id)),
    refused: those("refused").map(({ id, member, detail }) => {
      return { id: Number(id), why: { field: toText(member), message: toText(detail), line: null } };
    }),
  };
}

export function readTasks(json: JsonValue): Task[] {
  return requireArray(json, "tasks").map(readTask);
}

export const noFeatures: ServerFeatures = {
  google: false,
  passwordReset: false,
  emailVerification: false,
  deleteUser: false,
};

/** A feature that the server does not report is off. */
export function readFeatures(json: unknown): ServerFeatures {
  const features = isObject(json as JsonValue) ? (json as { readonly [name: string]: JsonValue }) : {};
  return {
    google: features.google === true,
    passwordReset: features.password_reset === true,
    emailVerification: features.email_verification === true,
    deleteUser: features.delete_user === true,
  };
}

/** Reads a problem document (RFC 9457); members that are missing or have another type are empty. */
export function readProblem(json: JsonValue): ProblemDocument {
  const problem: Members<"Problem"> = isObject(json) ? json : {};
  const errors = isArray(problem.errors) ? problem.errors : [];
  return { code: toText(problem.code), detail: toText(problem.detail), errors: errors.map(readFieldError) };
}

function readFieldError(json: JsonValue): FieldError {
  const error = isObject(json) ? json : {};
  const line = typeof error.line === "number" ? error.line : null;
  return { field: toText(error.field), message: toText(error.message), line };
}

export function isObject(json: JsonValue | undefined): json is { readonly [name: string]: JsonValue } {
  return typeof json === "object" && json !== null && !isArray(json);
}

export function isArray(json: JsonValue | undefined): json is readonly JsonValue[] {
  return Array.isArray(json);
}

export function requireArray(json: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (!isArray(json)) throw new SchemaError(what);
  return json;
}

export function requireObject(json: JsonValue): { readonly [name: string]: JsonValue } {
  if (!isObject(json)) throw new SchemaError("object");
  return json;
}

export function toText(json: JsonValue | undefined): string {
  return typeof json === "string" ? json : "";
}
