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

/** Tools that are told in the words of another one. */
const alike: Readonly<Record<string, string>> = {
  add_tasks: "add_task",
  complete_tasks: "complete_task",
  get_task: "list_tasks",
  search: "list_tasks",
  fetch: "list_tasks",
};

/** Whether a tool changes nothing. */
export function onlyReads(tool: string): boolean {
  return tool === "list_lists" || (alike[tool] ?? tool) === "list_tasks";
}

/** The words in which a call is told. */
function toldAs(tool: string, input: JsonValue): string {
  const { task_id: _, task_ids: __, ...members } = isObject(input) ? input : {};
  const names = Object.keys(members).join();
  if (names === "completed" && tool !== "complete_task") return members.completed ? "complete_task" : "reopen_task";
  if (tool === "update_task" && names === "title") return "rename_task";
  if (tool === "update_task" && names === "description") return "describe_task";
  return alike[tool] ?? tool;
}

/** Looks a title up in the user's own list. */
type TitleOf = (id: number) => string | undefined;

export function describeCalls({ tool, state, calls }: CallGroup, titleOf: TitleOf): CallDescription {
  const subjects = calls.flatMap((call) => {
    const reported = subjectsOf(call.output, titleOf);
    return reported.length > 0 ? reported : subjectsOf(call.input, titleOf);
  });
  const count = Math.max(subjects.length, onlyReads(tool) ? 0 : calls.length);
  const names = assistantStrings.tools[toldAs(tool, calls[0]?.input ?? null)];
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
  const several = [json.tasks, json.results].find(isArray);
  // Of several, one that was not changed has no task.
  if (several) return several.flatMap((item) => (isObject(item) && item.error ? [] : subjectsOf(item, titleOf)));
  if (isArray(json.task_ids)) return json.task_ids.flatMap((id) => subjectsOf({ id }, titleOf));
  if (isObject(json.task)) return subjectsOf(json.task, titleOf);
  const id = ownTaskId(json);
  const title = typeof json.title === "string" ? json.title : id === null ? "" : (titleOf(id) ?? "");
  const subject = `${id === null ? "" : taskStrings.number(id)} ${stripInvisible(title)}`.trim();
  return subject === "" ? [] : [subject];
}

/** The number of the change that a call made; null where it made none, or where that is not known. */
export function changeOf({ state, output }: MessageCall): number | null {
  return state === "done" && isObject(output) && typeof output.change === "number" ? output.change : null;
}

/** The title that calls told last of the task with this number. */
export function titleAmong(calls: readonly MessageCall[], id: number): string | undefined {
  return calls.flatMap(({ output }) => titlesIn(output)).findLast((found) => found.id === id)?.title;
}

function titlesIn(json: JsonValue): { readonly id: number; readonly title: string }[] {
  if (!isObject(json)) return [];
  const several = [json.tasks, json.results].find(isArray) ?? [];
  const id = ownTaskId(json);
  const own = id !== null && typeof json.title === "string" ? [{ id, title: json.title }] : [];
  return [...several, json.task ?? null].flatMap(titlesIn).concat(own);
}

function ownTaskId(json: { readonly [name: string]: JsonValue }): number | null {
  const id = json.id ?? json.task_id ?? json.deleted_id;
  return typeof id === "number" ? id : null;
}
