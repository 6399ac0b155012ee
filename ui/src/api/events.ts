// Reads a chat turn: the frames of a server-sent event stream and, in them, the events of the AI SDK's UI message
// stream (v1). Pure.

import { isObject, type JsonValue } from "./schema";

/** The events that the panel handles; events of other types are ignored. */
export type StreamEvent =
  | { readonly type: "start"; readonly conversation: number | null }
  | { readonly type: "text"; readonly id: string; readonly delta: string }
  | { readonly type: "input"; readonly call: string; readonly tool: string; readonly input: JsonValue }
  | { readonly type: "output"; readonly call: string; readonly output: JsonValue }
  | { readonly type: "failed"; readonly call: string; readonly reason: string }
  | { readonly type: "denied"; readonly call: string }
  | { readonly type: "asks"; readonly call: string; readonly approval: string }
  | { readonly type: "error"; readonly reason: string }
  | { readonly type: "finish" };

/** Splits the incoming text into the data of complete frames and buffers the incomplete rest. */
export class FrameDecoder {
  #rest = "";

  push(text: string): string[] {
    const frames = (this.#rest + text).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = frames.pop() ?? "";
    return frames.map(dataOf).filter((frame) => frame !== "" && frame !== "[DONE]");
  }
}

/** The `data:` lines of a frame, without comments and other fields. */
function dataOf(frame: string): string {
  const lines = frame.split("\n").filter((line) => line.startsWith("data:"));
  return lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
}

export function readEvent(frame: string): StreamEvent | null {
  const json = parseJson(frame);
  if (!isObject(json)) return null;
  const text = (name: string): string => (typeof json[name] === "string" ? json[name] : "");
  const call = text("toolCallId");
  switch (json.type) {
    case "start": {
      const { messageMetadata: metadata } = json;
      const id = isObject(metadata) ? metadata.conversation_id : null;
      return { type: "start", conversation: typeof id === "number" ? id : null };
    }
    case "text-delta":
      return { type: "text", id: text("id"), delta: text("delta") };
    case "tool-input-available":
      return { type: "input", call, tool: text("toolName"), input: json.input ?? null };
    case "tool-output-available":
      return { type: "output", call, output: json.output ?? null };
    case "tool-output-error":
      return { type: "failed", call, reason: text("errorText") };
    case "tool-output-denied":
      return { type: "denied", call };
    case "tool-approval-request":
      return { type: "asks", call, approval: text("approvalId") };
    case "error":
      return { type: "error", reason: text("errorText") };
    case "finish":
      return { type: "finish" };
    default:
      return null;
  }
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
