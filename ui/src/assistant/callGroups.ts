// Calls of a message that belong together: the same tool with the same outcome is one card. Pure.

import type { CallState, MessageCall, MessagePart } from "./conversation";

export interface CallGroup {
  readonly kind: "calls";
  readonly tool: string;
  readonly state: CallState;
  readonly calls: readonly MessageCall[];
}

export type PartGroup = Extract<MessagePart, { kind: "text" }> | CallGroup;

/** The parts in their order, with neighbouring calls of one tool and one outcome together. */
export function groupParts(parts: readonly MessagePart[]): PartGroup[] {
  const groups: PartGroup[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (part.kind === "text") {
      groups.push(part);
      continue;
    }
    const fits = last?.kind === "calls" && last.tool === part.tool && last.state === part.state;
    if (fits) groups[groups.length - 1] = { ...last, calls: [...last.calls, part] };
    else groups.push({ kind: "calls", tool: part.tool, state: part.state, calls: [part] });
  }
  return groups;
}
