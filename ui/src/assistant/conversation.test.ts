import { expect, test } from "vitest";
import type { StreamEvent } from "../api/events";
import { assistantStrings } from "../strings/assistant";
import {
  applyEvent,
  type ConversationMessage,
  changesTasks,
  closeMessage,
  describeCall,
  draftAfterFailure,
  type MessageCall,
  messageFault,
  toMessageCall,
  toMessages,
  undoFor,
} from "./conversation";

const empty: ConversationMessage = { key: 1, by: "assistant", parts: [], open: true };
const after = (...events: readonly StreamEvent[]) => events.reduce(applyEvent, empty);
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
const shown = (of: MessageCall) => describeCall(of, (id) => (id === 9 ? "Water plants" : undefined));
const add: StreamEvent = { type: "input", call: "a", tool: "add_task", input: { title: "Milk" } };

test("text and calls stand in the order in which they come", () => {
  const message = after(
    { type: "text", id: "1", delta: "Let me " },
    { type: "text", id: "1", delta: "see." },
    add,
    { type: "output", call: "a", output: { task: { id: 3, title: "Milk" } } },
    { type: "text", id: "2", delta: "Added." },
    { type: "finish" },
  );
  expect(message.parts.map((part) => (part.kind === "text" ? part.text : part.state))).toEqual([
    "Let me see.",
    "done",
    "Added.",
  ]);
  expect(message.open).toBe(false);
});

test("a call is doing until its own answer comes", () => {
  const [part] = after(add).parts;
  expect(part).toMatchObject({ state: "doing" });
  expect(after(add, { type: "failed", call: "b", reason: "no" }).parts[0]).toMatchObject({ state: "doing" });
  expect(after(add, { type: "failed", call: "a", reason: "no" }).parts[0]).toMatchObject({
    state: "failed",
    reason: "no",
  });
  expect(after(add, { type: "asks", call: "a", approval: "x" }).parts[0]).toMatchObject({
    state: "asks",
    approval: "x",
  });
  expect(after(add, { type: "denied", call: "a" }).parts[0]).toMatchObject({ state: "denied" });
});

test("what was doing when the answer broke off is not called done", () => {
  expect(closeMessage(after(add)).parts[0]).toMatchObject({ state: "failed", reason: assistantStrings.brokenOff });
});

test("a card names the exact task from the tool's own answer", () => {
  expect(shown(call({ output: { task: { id: 3, title: "Buy milk" } } })).subjects).toEqual(["#3 Buy milk"]);
  expect(shown(call({ input: { task_id: 9 }, tool: "delete_task", state: "failed", reason: "gone" }))).toEqual({
    name: assistantStrings.tools.delete_task?.doing,
    subjects: ["#9 Water plants"],
    reason: "gone",
  });
  expect(shown(call({ tool: "list_tasks", output: { tasks: [{ id: 1, title: "a" }] } })).subjects).toEqual([
    assistantStrings.count(1),
  ]);
  expect(shown(call({ tool: "new_tool" })).name).toBe("new_tool");
});

test("the list is asked for again after a tool that may have changed it", () => {
  const output: StreamEvent = { type: "output", call: "a", output: null };
  expect(changesTasks(after(add), add)).toBe(false);
  expect(changesTasks(after(add, output), output)).toBe(true);
  expect(changesTasks(after({ ...add, tool: "list_tasks" }, output), output)).toBe(false);
});

test("what a question is about is named though the tool was not run", () => {
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
  expect(shown(asks).subjects).toEqual(["#9 Water plants"]);
  expect(shown(call({ tool: "delete_task", output: { deleted_id: 3, title: "Eggs" } })).subjects).toEqual(["#3 Eggs"]);
});

test("a title cannot hide or turn the words around it", () => {
  expect(shown(call({ output: { id: 1, title: "a\u202eb\u200b\u{E0041}c" } })).subjects).toEqual(["#1 abc"]);
});

test("what was done can be taken back, what failed cannot", () => {
  expect(undoFor(call({ output: { task: { id: 3 } } }))).toEqual({ kind: "delete", id: 3 });
  expect(undoFor(call({ tool: "delete_task", input: { task_id: 3 } }))).toEqual({ kind: "restore", id: 3 });
  expect(undoFor(call({ tool: "complete_task", output: { task: { id: 3 } } }))).toEqual({ kind: "reopen", id: 3 });
  expect(undoFor(call({ tool: "list_tasks", output: { tasks: [] } }))).toBeNull();
  expect(undoFor(call({ output: { task: { id: 3 } }, state: "failed" }))).toBeNull();
});

test("a conversation that was kept is shown as it was", () => {
  const calls = [
    { id: "a", name: "add_task", arguments: {}, result: { id: 1 }, error: null, status: "done", action_id: null },
  ];
  const [said, answer] = toMessages([
    { role: "user", text: "add milk", tool_calls: [] },
    { role: "assistant", text: "Added.", tool_calls: calls },
  ]);
  expect(said).toMatchObject({ by: "user", open: false });
  expect(answer?.parts.map((part) => part.kind)).toEqual(["call", "text"]);
  const [earlier] = toMessages([{ role: "user", text: "hi", tool_calls: [] }], said?.key);
  expect(new Set([earlier?.key, said?.key, answer?.key]).size).toBe(3);
});

test("a message has up to 2000 characters", () => {
  expect(messageFault("🌱".repeat(2000))).toBeNull();
  expect(messageFault("x".repeat(2001))).toBe(assistantStrings.tooLong(2000));
});

test("a message that failed goes before what was typed since", () => {
  expect(draftAfterFailure("first", " ")).toBe("first");
  expect(draftAfterFailure("first", "second")).toBe("first\nsecond");
});
