// What a tool call did, in words, and how it can be undone. Pure.

import type { HistoryChange } from "../api/history";
import { isArray, isObject, type JsonValue } from "../api/schema";
import { assistantStrings } from "../strings/assistant";
import { taskStrings } from "../strings/firstPage";
import type { CallGroup } from "./callGroups";
import type { MessageCall } from "./conversation";
import { stripInvisible } from "./parseMarkup";

type ChangeKind = HistoryChange["kind"];

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

/** The kinds of changes that a tool makes; an undo is undone by doing the change again. */
const changeKinds: Readonly<Record<string, readonly ChangeKind[]>> = {
  add_task: ["add"],
  add_tasks: ["add"],
  complete_task: ["complete", "reopen"],
  complete_tasks: ["complete", "reopen"],
  update_task: ["edit", "move", "complete", "reopen"],
  delete_task: ["delete"],
  undo: ["undo", "redo", "restore"],
};

/** A change in the history by which a call can be known: one of its tasks, and its kind. */
export interface CallTrace {
  readonly task: number;
  readonly kinds: readonly ChangeKind[];
}

/** Null when the call changed nothing, or when it is not known what. */
export function traceOf(call: MessageCall): CallTrace | null {
  const kinds = changeKinds[call.tool];
  if (call.state !== "done" || kinds === undefined) return null;
  const task = taskId(call.output) ?? taskId(call.input);
  return task === null ? null : { task, kinds };
}

/** The number of the first task that is named. */
function taskId(json: JsonValue): number | null {
  if (!isObject(json)) return null;
  // An item of several that was not changed has no task.
  const items = [json.tasks, json.results].flatMap((some) => (isArray(some) ? some : []));
  const changed = items.filter((item) => isObject(item) && (isObject(item.task) || typeof item.id === "number"));
  if (changed[0] !== undefined) return taskId(changed[0]);
  if (isArray(json.deleted_ids) && typeof json.deleted_ids[0] === "number") return json.deleted_ids[0];
  return isObject(json.task) ? taskId(json.task) : ownTaskId(json);
}

function ownTaskId(json: { readonly [name: string]: JsonValue }): number | null {
  const id = json.id ?? json.task_id ?? json.deleted_id;
  return typeof id === "number" ? id : null;
}
