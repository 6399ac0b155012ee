import { expect, test } from "vitest";
import { readPushMessage } from "./pushMessage";

const reminder = {
  kind: "reminder",
  task: 7,
  title: "Call the dentist",
  body: "Due today at 17:00",
  tag: "todo-task-7",
  url: "/#/today",
  action_url: "/api/reminders/abc.def",
  actions: [{ action: "done", title: "Done" }],
};

test("a reminder leads to its task and has its actions", () => {
  expect(readPushMessage(reminder)).toEqual({
    title: "Call the dentist",
    body: "Due today at 17:00",
    tag: "todo-task-7",
    url: "/?q=%237",
    actionUrl: "/api/reminders/abc.def",
    actions: [{ action: "done", title: "Done" }],
  });
});

test("a message without a task opens its page, and none of another origin", () => {
  expect(readPushMessage({ title: "It works", url: "/settings" }).url).toBe("/settings");
  for (const url of ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", 7]) {
    expect(readPushMessage({ url }).url).toBe("/");
  }
  expect(readPushMessage({ ...reminder, action_url: "https://elsewhere.example/" }).actionUrl).toBeNull();
});

test("what cannot be read is shown all the same", () => {
  for (const broken of [null, "text", 7, { actions: "none" }, { actions: [null] }]) {
    expect(readPushMessage(broken)).toMatchObject({ title: "Todo", body: "", url: "/", actions: [] });
  }
});
