import { expect, test } from "vitest";
import type { StreamEvent } from "../api/events";
import { assistantStrings } from "../strings/assistant";
import {
  applyEvent,
  type ConversationMessage,
  changesTasks,
  closeMessage,
  draftAfterFailure,
  messageFault,
  settleCalls,
  toMessages,
} from "./conversation";

const empty: ConversationMessage = { key: 1, by: "assistant", parts: [], open: true };
const after = (...events: readonly StreamEvent[]) => events.reduce(applyEvent, empty);
const add: StreamEvent = { type: "input", call: "a", tool: "add_task", input: { title: "Milk" } };

test("text and calls are in the order of their events", () => {
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

test("a call is running until the event of its own result", () => {
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

test("a call that was running when the reply broke off is not shown as done", () => {
  expect(closeMessage(after(add)).parts[0]).toMatchObject({ state: "unknown" });
});

test("the list is loaded again after a tool that may have changed it", () => {
  const output: StreamEvent = { type: "output", call: "a", output: null };
  expect(changesTasks(after(add), add)).toBe(false);
  expect(changesTasks(after(add, output), output)).toBe(true);
  expect(changesTasks(after({ ...add, tool: "list_tasks" }, output), output)).toBe(false);
});

test("a stored conversation is shown as it was", () => {
  const calls = [
    { id: "a", name: "add_task", arguments: {}, result: { id: 1 }, error: null, status: "done", action_id: null },
  ];
  const [question, reply] = toMessages([
    { role: "user", text: "add milk", tool_calls: [] },
    { role: "assistant", text: "Added.", tool_calls: calls },
  ]);
  expect(question).toMatchObject({ by: "user", open: false });
  expect(reply?.parts.map((part) => part.kind)).toEqual(["call", "text"]);
  const [earlier] = toMessages([{ role: "user", text: "hi", tool_calls: [] }], question?.key);
  expect(new Set([earlier?.key, question?.key, reply?.key]).size).toBe(3);
});

test("a message has up to 2000 characters", () => {
  expect(messageFault("🌱".repeat(2000))).toBeNull();
  expect(messageFault("x".repeat(2001))).toBe(assistantStrings.tooLong(2000));
});

test("a message that failed precedes what was typed since", () => {
  expect(draftAfterFailure("first", " ")).toBe("first");
  expect(draftAfterFailure("first", "second")).toBe("first\nsecond");
});

test("questions that were decided since are settled by what is stored, others stay open", () => {
  const asks = (call: string): StreamEvent[] => [
    { type: "input", call, tool: "delete_task", input: { id: 3 } },
    { type: "asks", call, approval: `approve ${call}` },
  ];
  const message = after(...asks("a"), ...asks("b"), ...asks("c"));
  const call = { tool: "delete_task", input: { id: 3 }, output: null, reason: null, approval: null };
  const stored = [
    { ...call, id: "a", state: "done" as const },
    { ...call, id: "b", state: "denied" as const },
  ];
  const states = settleCalls([message], stored)[0]?.parts.map((part) => part.kind === "call" && part.state);
  expect(states).toEqual(["done", "denied", "asks"]);
});

test("a question is not settled by what became of an earlier one, whose calls have the same ids", () => {
  const asks = (key: number, tool: string, id = 1) => ({
    ...empty,
    key,
    parts: [
      {
        kind: "call" as const,
        id: "call_2_0",
        tool,
        input: { task_id: id },
        output: null,
        reason: null,
        approval: "x",
      },
    ].map((part) => ({ ...part, state: "asks" as const })),
  });
  const stored = (tool: string, state: "done" | "denied" | "asks") => ({
    ...{ id: "call_2_0", tool, state, input: { task_id: 1 }, output: null, reason: null },
    approval: state === "asks" ? "x" : null,
  });
  const questions = [asks(1, "complete_task"), asks(2, "delete_task"), asks(3, "delete_task")];
  const settled = settleCalls(questions, [
    stored("complete_task", "done"),
    stored("delete_task", "denied"),
    stored("delete_task", "asks"),
  ]);
  const states = settled.flatMap(({ parts }) => parts.map((part) => part.kind === "call" && [part.tool, part.state]));
  expect(states).toEqual([
    ["complete_task", "done"],
    ["delete_task", "denied"],
    ["delete_task", "asks"],
  ]);
});
