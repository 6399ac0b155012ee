import { expect, test } from "vitest";
import { groupParts } from "./callGroups";
import type { MessagePart } from "./conversation";

const call = (id: string, tool: string, state: "done" | "asks"): MessagePart => ({
  kind: "call",
  id,
  tool,
  state,
  input: null,
  output: null,
  reason: null,
  approval: null,
});
const text = (id: string): MessagePart => ({ kind: "text", id, text: "ok" });

test("neighbouring calls of one tool with one outcome are one group", () => {
  const parts = [
    call("a", "add_task", "done"),
    call("b", "add_task", "done"),
    call("c", "delete_task", "asks"),
    text("t"),
    call("d", "delete_task", "asks"),
  ];
  const groups = groupParts(parts).map((group) =>
    group.kind === "text" ? group.text : group.calls.map(({ id }) => id).join(""),
  );
  expect(groups).toEqual(["ab", "c", "ok", "d"]);
});
