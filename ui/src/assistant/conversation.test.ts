import { expect, test } from "vitest";
import { strings } from "../strings";
import type { ToolCall } from "../wire";
import { card, draftAfterFailure, messageFault, plain } from "./conversation";

const call: ToolCall = { id: "a", name: "add_task", status: "done", arguments: null, result: null, error: null };

test("a card names the exact task that the tool reports", () => {
  const result = { task: { id: 7, title: "Milk" } };
  expect(card({ ...call, arguments: { title: "milk!" }, result })).toEqual({
    name: strings.assistant.toolNames.add_task,
    state: "done",
    subject: "#7 Milk",
    reason: null,
  });
});

test("a card without a result says what was asked", () => {
  const failed = { ...call, name: "delete_task", arguments: { task_id: 9 }, error: "There is no task #9." };
  expect(card(failed)).toMatchObject({ state: "failed", subject: "#9", reason: "There is no task #9." });
});

test("a list is counted, and an unknown tool keeps its name", () => {
  expect(card({ ...call, name: "list_tasks", result: { tasks: [{ id: 1 }] } }).subject).toBe("1 task");
  expect(card({ ...call, name: "undo", result: "x" })).toMatchObject({ name: "undo", subject: null });
});

test("what waits for a word says so", () => {
  expect(card({ ...call, status: "confirmation_required" }).state).toBe("waiting");
});

test("a message that failed comes back before what was typed since", () => {
  expect(draftAfterFailure("first", " ")).toBe("first");
  expect(draftAfterFailure("first", "second")).toBe("first\nsecond");
});

test("a message has at most 2000 characters", () => {
  expect(messageFault("🌱".repeat(2000))).toBeNull();
  expect(messageFault("x".repeat(2001))).not.toBeNull();
});

test("characters that hide or turn text are taken out", () => {
  expect(plain("a\u202Eb\u200Bc\u{E0041}d\u2066e")).toBe("abcde");
});
