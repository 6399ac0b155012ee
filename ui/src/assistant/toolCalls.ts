// What a tool call did, in words, and how it can be undone. Pure.

import { isArray, isObject, type JsonValue } from "../api/schema";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";
import type { MessageCall } from "./conversation";
import { stripInvisible } from "./parseMarkup";

export interface CallDescription {
  readonly name: string;
  /** The tasks concerned, as the tool itself reports them; never the model's words. */
  readonly subjects: readonly string[];
  readonly reason: string | null;
}

/** `titleOf` looks a title up in the user's own list. */
export function describeCall(call: MessageCall, titleOf: (id: number) => string | undefined): CallDescription {
  const names = assistantStrings.tools[call.tool];
  const reported = subjectsOf(call.output, call.tool, titleOf);
  return {
    name: names === undefined ? call.tool : names[call.state === "done" ? "done" : "doing"],
    subjects: reported.length > 0 ? reported : subjectsOf(call.input, call.tool, titleOf),
    reason: call.reason === null ? null : stripInvisible(call.reason),
  };
}

/** For example `#3 Buy milk` or `3 tasks`; a task of which only the number or the title is known has just that. */
function subjectsOf(json: JsonValue, tool: string, titleOf: (id: number) => string | undefined): string[] {
  if (!isObject(json)) return [];
  if (isArray(json.tasks)) {
    if (tool === "list_tasks") return [assistantStrings.count(json.tasks.length)];
    return json.tasks.flatMap((task) => subjectsOf(task, tool, titleOf));
  }
  if (isObject(json.task)) return subjectsOf(json.task, tool, titleOf);
  const id = ownTaskId(json);
  const title = typeof json.title === "string" ? json.title : id === null ? "" : (titleOf(id) ?? "");
  const subject = `${id === null ? "" : taskStrings.number(id)} ${stripInvisible(title)}`.trim();
  return subject === "" ? [] : [subject];
}

/** An action of the user that undoes a call. */
export type UndoAction = { readonly kind: "delete" | "restore" | "reopen"; readonly id: number };

/** Null when the call cannot be undone. */
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
  return isObject(json.task) ? taskId(json.task) : ownTaskId(json);
}

function ownTaskId(json: { readonly [name: string]: JsonValue }): number | null {
  const id = json.id ?? json.task_id ?? json.deleted_id;
  return typeof id === "number" ? id : null;
}
