import { expect, test } from "vitest";
import { readConversation } from "./chatSchema";
import { noFeatures, readFeatures, readTasks, SchemaError } from "./schema";

const task = {
  id: 1,
  user_id: "u",
  title: "Milk",
  description: null,
  completed: false,
  created_at: "x",
  updated_at: "y",
};

test("a task is read without the members that the app does not use", () => {
  const read = { id: 1, title: "Milk", description: null, completed: false, updated_at: "y" };
  expect(readTasks([task])).toEqual([{ ...read, priority: "none" }]);
  expect(readTasks([{ ...task, priority: "high" }])).toEqual([{ ...read, priority: "high" }]);
});

test("a response that is no list of tasks is rejected", () => {
  for (const json of [null, {}, [null], [{ ...task, id: "1" }], [{ ...task, completed: null }]]) {
    expect(() => readTasks(json)).toThrow(SchemaError);
  }
});

test("a conversation is read with the result or the error of each call", () => {
  const tool_calls = [
    { id: "a", name: "add_task", arguments: { title: "Milk" }, result: { task }, status: "done" },
    { id: "b", name: "delete_task", arguments: { task_id: 9 }, error: "There is no task #9.", status: "failed" },
  ];
  const messages = [
    { role: "user", text: "hi", created_at: "x" },
    { role: "assistant", text: "ok", tool_calls, created_at: "x" },
  ];
  const read = readConversation({ id: 4, title: "hi", created_at: "x", updated_at: "y", running: false, messages });
  expect(read.messages[0]?.tool_calls).toEqual([]);
  expect(read.messages[1]?.tool_calls.map((call) => call.error)).toEqual([null, "There is no task #9."]);
  expect(() => readConversation({ id: 4, messages: [{ role: "system", text: "x" }] })).toThrow(SchemaError);
});

test("a feature that the server does not report is off", () => {
  expect(readFeatures({ google: true, password_reset: "yes" })).toEqual({ ...noFeatures, google: true });
  expect(readFeatures("<html>")).toEqual(noFeatures);
});
