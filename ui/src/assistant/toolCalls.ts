// What a tool call did, in words, and how it can be undone. Pure.

import { isArray, isObject, type JsonValue } from "../api/schema";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";
import type { CallGroup } from "./callGroups";
import type { MessageCall } from "./conversation";
import { stripInvisible } from "./parseMarkup";

export interface CallDescription {
  readonly name: string;
  /** The tasks concerned, as the tools themselves report them; never the model's words. */
  readonly subjects: readonly string[];
  /** Why calls failed, each reason once. */
  readonly reasons: readonly string[];
  /** How many tasks are concerned. */
  readonly count: number;
}

/** Looks a title up in the user's own list. */
type TitleOf = (id: number) => string | undefined;

export function describeCalls({ tool, state, calls }: CallGroup, titleOf: TitleOf): CallDescription {
  const subjects = calls.flatMap((call) => {
    const reported = subjectsOf(call.output, titleOf);
    return reported.length > 0 ? reported : subjectsOf(call.input, titleOf);
  });
  const count = Math.max(subjects.length, tool === "list_tasks" ? 0 : calls.length);
  const names = assistantStrings.tools[tool];
  const happened = state === "done" || state === "undone";
  return {
    name: names === undefined ? tool : names[happened ? "done" : "doing"](count),
    subjects: [...new Set(subjects)],
    reasons: [...new Set(calls.flatMap(({ reason }) => (reason === null ? [] : [stripInvisible(reason)])))],
    count,
  };
}

/** For example `#3 Buy milk`; a task of which only the number or the title is known has just that. */
function subjectsOf(json: JsonValue, titleOf: TitleOf): string[] {
  if (!isObject(json)) return [];
  if (isArray(json.tasks)) return json.tasks.flatMap((task) => subjectsOf(task, titleOf));
  if (isObject(json.task)) return subjectsOf(json.task, titleOf);
  const id = ownTaskId(json);
  const title = typeof json.title === "string" ? json.title : id === null ? "" : (titleOf(id) ?? "");
  const subject = `${id === null ? "" : taskStrings.number(id)} ${stripInvisible(title)}`.trim();
  return subject === "" ? [] : [subject];
}

/** An action of the user that undoes a call. */
export type UndoAction = { readonly kind: "delete" | "restore" | "reopen" | "complete"; readonly id: number };

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
      return { kind: isObject(call.input) && call.input.completed === false ? "complete" : "reopen", id };
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
