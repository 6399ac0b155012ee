// What a conversation is made of, and what each tool call did in words. Pure.

import { strings } from "../strings";
import { isArray, isObject, type Json, type ToolCall } from "../wire";

export const MAX_MESSAGE = 2000;

export interface Message {
  readonly key: number;
  readonly by: "user" | "assistant";
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

export function messageFault(text: string): string | null {
  return [...text].length > MAX_MESSAGE ? strings.assistant.tooLong(MAX_MESSAGE) : null;
}

/** The message that was not sent, before whatever was typed since. */
export function draftAfterFailure(sent: string, typed: string): string {
  return typed.trim() === "" ? sent : `${sent}\n${typed}`;
}

export type CallState = "done" | "failed" | "waiting";

export interface Card {
  readonly name: string;
  readonly state: CallState;
  /** The exact task, as the tool itself reports it; never the model's words. */
  readonly subject: string | null;
  readonly reason: string | null;
}

export function card(call: ToolCall): Card {
  return {
    name: strings.assistant.toolNames[call.name] ?? call.name,
    state: callState(call),
    subject: subject(call.result) ?? subject(call.arguments),
    reason: call.error === null ? null : plain(call.error),
  };
}

function callState(call: ToolCall): CallState {
  if (call.error !== null) return "failed";
  return /confirm|approv|waiting/.test(call.status) ? "waiting" : "done";
}

/** `#3 Buy milk`, `3 tasks`, or what of it is known. */
function subject(json: Json): string | null {
  if (!isObject(json)) return null;
  if (isArray(json.tasks)) return strings.assistant.count(json.tasks.length);
  if (isObject(json.task)) return subject(json.task);
  const id = json.id ?? json.task_id;
  const number = typeof id === "number" ? strings.tasks.number(id) : "";
  const title = typeof json.title === "string" ? plain(json.title) : "";
  return `${number} ${title}`.trim() || null;
}

/** Characters that cannot be seen, or that turn the text around them: tags, variation selectors, joiners, bidi controls. */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\uFE00-\uFE0F]|[\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069]/gu;

export function plain(text: string): string {
  return text.replace(INVISIBLE, "");
}
