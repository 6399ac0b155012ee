import { expect, test } from "vitest";
import { assistantStrings } from "../strings/assistant";
import { type MessageCall, toMessageCall } from "./conversation";
import { changeOf, describeCalls, titleAmong } from "./toolCalls";

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

test("a call for several tasks, and one that only reads, is told in the same words as others", () => {
  const results = [{ task: { id: 1, title: "milk" } }, { error: "too long" }, { task: { id: 3, title: "eggs" } }];
  expect(describe(call({ tool: "add_tasks", output: { results, added: 2 } }))).toMatchObject({
    name: "Added 2 tasks",
    subjects: ["#1 milk", "#3 eggs"],
  });
  expect(describe(call({ tool: "complete_tasks", state: "doing", input: { task_ids: [9, 4] } }))).toMatchObject({
    name: "Complete 2 tasks",
    subjects: ["#9 Water plants", "#4"],
  });
  expect(describe(call({ tool: "complete_tasks", input: { task_ids: [9], completed: false } })).name).toBe(
    "Reopened 1 task",
  );
  expect(describe(call({ tool: "update_task", input: { task_id: 9, title: "a" } })).name).toBe("Renamed 1 task");
  expect(describe(call({ tool: "update_task", input: { task_id: 9, description: "a" } })).name).toBe(
    "Changed the note of 1 task",
  );
  expect(describe(call({ tool: "get_task", output: { task: { id: 9, title: "a" } } })).name).toBe("Looked at 1 task");
  expect(describe(call({ tool: "list_lists", output: { lists: [] } })).name).toBe("Looked at the lists");
  expect(describe(call({ tool: "search", output: { results: [{ id: "4", title: "a" }] } })).name).toBe(
    "Looked at 1 task",
  );
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

test("a task that is gone is known by what earlier calls said of it", () => {
  const calls = [
    call({ tool: "list_tasks", output: { tasks: [{ id: 4, title: "old" }] } }),
    call({ tool: "update_task", output: { task: { id: 4, title: "new" } } }),
    call({ output: { results: [{ error: "x" }, { task: { id: 5, title: "eggs" } }] } }),
    call({ tool: "delete_task", output: { deleted_id: 6, title: "milk" } }),
  ];
  expect([3, 4, 5, 6].map((id) => titleAmong(calls, id))).toEqual([undefined, "new", "eggs", "milk"]);
});

test("a title cannot hide or reorder the text around it", () => {
  expect(describe(call({ output: { id: 1, title: "a\u202eb\u200b\u{E0041}c" } })).subjects).toEqual(["#1 abc"]);
});

test("a call that changed something can be undone, by the number of its change", () => {
  expect(changeOf(call({ output: { task: { id: 3 }, change: 7 } }))).toBe(7);
  expect(changeOf(call({ tool: "complete_task", output: { task: { id: 3 } } }))).toBeNull();
  expect(changeOf(call({ output: { task: { id: 3 }, change: 7 }, state: "undone" }))).toBeNull();
});
