import { expect, test } from "vitest";
import { assistantStrings } from "../strings/assistant";
import { type MessageCall, toMessageCall } from "./conversation";
import { describeCalls, traceOf } from "./toolCalls";

const call = (change: Partial<MessageCall>): MessageCall => ({
  id: "a",
  tool: "add_task",
  state: "done",
  input: null,
  output: null,
  reason: null,
  approval: null,
  ...change,
});
const describe = (...calls: MessageCall[]) => {
  const { tool = "", state = "done" } = calls[0] ?? {};
  return describeCalls({ kind: "calls", tool, state, calls }, (id) => (id === 9 ? "Water plants" : undefined));
};

test("a card names the exact task from the tool's own result", () => {
  expect(describe(call({ output: { task: { id: 3, title: "Buy milk" } } })).subjects).toEqual(["#3 Buy milk"]);
  expect(describe(call({ input: { task_id: 9 }, tool: "delete_task", state: "failed", reason: "gone" }))).toEqual({
    name: assistantStrings.tools.delete_task?.doing(1),
    subjects: ["#9 Water plants"],
    reasons: ["gone"],
    count: 1,
  });
  expect(describe(call({ tool: "list_tasks", output: { tasks: [{ id: 1, title: "a" }] } })).name).toBe(
    "Looked at 1 task",
  );
  expect(describe(call({ tool: "new_tool" })).name).toBe("new_tool");
});

test("calls of one kind are told together", () => {
  const added = (id: number, title: string) => call({ id: String(id), output: { task: { id, title } } });
  expect(describe(added(1, "milk"), added(2, "eggs"))).toMatchObject({
    name: "Added 2 tasks",
    subjects: ["#1 milk", "#2 eggs"],
    count: 2,
  });
});

test("a call that waits for a decision names its task before the tool runs", () => {
  const asks = toMessageCall({
    id: "a",
    name: "delete_task",
    arguments: { task_id: 9 },
    result: null,
    error: null,
    status: "confirmation_required",
    action_id: "x",
  });
  expect(asks).toMatchObject({ state: "asks", approval: "x" });
  expect(describe(asks).subjects).toEqual(["#9 Water plants"]);
  expect(describe(call({ tool: "delete_task", output: { deleted_id: 3, title: "Eggs" } })).subjects).toEqual([
    "#3 Eggs",
  ]);
});

test("a title cannot hide or reorder the text around it", () => {
  expect(describe(call({ output: { id: 1, title: "a\u202eb\u200b\u{E0041}c" } })).subjects).toEqual(["#1 abc"]);
});

test("a call that was carried out can be undone, one that failed cannot", () => {
  expect(traceOf(call({ output: { task: { id: 3 } } }))).toEqual({ task: 3, kinds: ["add"] });
  expect(traceOf(call({ tool: "delete_task", input: { task_id: 3 } }))).toEqual({ task: 3, kinds: ["delete"] });
  expect(traceOf(call({ tool: "update_task", output: { task: { id: 3 } } }))?.kinds).toContain("edit");
  const several = { results: [{ task_id: 9, status: "not_found" }, { task: { id: 4 } }] };
  expect(traceOf(call({ tool: "complete_tasks", output: several }))?.task).toBe(4);
  expect(traceOf(call({ tool: "undo", output: { undone: "x", tasks: [{ id: 5 }] } }))?.task).toBe(5);
  expect(traceOf(call({ tool: "list_tasks", output: { tasks: [{ id: 3 }] } }))).toBeNull();
  expect(traceOf(call({ output: { task: { id: 3 } }, state: "failed" }))).toBeNull();
});
