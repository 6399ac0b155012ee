import { expect, test } from "vitest";
import { readChatReply, readTasks, UnexpectedShape } from "./wire";

const task = {
  id: 1,
  user_id: "u",
  title: "Milk",
  description: null,
  completed: false,
  created_at: "x",
  updated_at: "x",
};

test("a task is read without what is not needed", () => {
  expect(readTasks([task])).toEqual([{ id: 1, title: "Milk", completed: false }]);
});

test("anything else than tasks is refused", () => {
  for (const json of [null, {}, [null], [{ ...task, id: "1" }], [{ ...task, completed: null }]]) {
    expect(() => readTasks(json)).toThrow(UnexpectedShape);
  }
});

test("a chat reply is read with the result or the error of each call", () => {
  const calls = [
    { id: "a", name: "add_task", arguments: { title: "Milk" }, result: { task }, status: "done" },
    { id: "b", name: "delete_task", arguments: { task_id: 9 }, error: "There is no task #9.", status: "failed" },
  ];
  const reply = readChatReply({ conversation_id: 4, response: "ok", tool_calls: calls });
  expect(reply.conversationId).toBe(4);
  expect(reply.toolCalls.map((call) => call.error)).toEqual([null, "There is no task #9."]);
  expect(() => readChatReply({ conversation_id: 4, response: "ok" })).toThrow(UnexpectedShape);
});
