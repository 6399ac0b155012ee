import { expect, test } from "vitest";
import { type Change, matching, rows, statusIn, titleFault, withoutTask, withTask } from "./list";

const milk = { id: 1, title: "Milk", completed: false };
const bread = { id: 2, title: "Bread", completed: true };
const shown = (...changes: readonly Change[]) =>
  rows(
    [milk, bread],
    changes.map((change, index) => ({ key: index + 1, change })),
  );

test("the newest task is first", () => {
  expect(shown().map((row) => row.id)).toEqual([2, 1]);
});

test("a change is shown at once and is gone when it is taken back", () => {
  expect(shown({ kind: "complete", id: 1, title: "Milk", completed: true })[1]?.completed).toBe(true);
  expect(shown({ kind: "rename", id: 1, title: "Milk", to: "Oat milk" })[1]?.title).toBe("Oat milk");
  expect(shown({ kind: "delete", id: 2, title: "Bread" }).map((row) => row.id)).toEqual([1]);
  expect(shown()).toEqual(shown());
  expect(milk.completed).toBe(false);
});

test("a new task has no number until the server gives it one", () => {
  expect(shown({ kind: "add", title: "Eggs" })[0]).toEqual({ key: "new-1", id: null, title: "Eggs", completed: false });
});

test("changes of the same task add up in their order", () => {
  const both = shown(
    { kind: "rename", id: 1, title: "Milk", to: "Oat milk" },
    { kind: "complete", id: 1, title: "Oat milk", completed: true },
    { kind: "complete", id: 1, title: "Oat milk", completed: false },
  );
  expect(both[1]).toMatchObject({ title: "Oat milk", completed: false });
});

test("the server's answer takes its place by number", () => {
  expect(withTask([bread], milk).map((task) => task.id)).toEqual([1, 2]);
  expect(withTask([milk, bread], { ...milk, title: "Oat milk" })[0]?.title).toBe("Oat milk");
  expect(withoutTask([milk, bread], 1)).toEqual([bread]);
});

test("the filter is in the address, and anything else means all", () => {
  expect(statusIn("?status=pending")).toBe("pending");
  expect(statusIn("?status=done")).toBe("all");
  expect(matching(shown(), "completed").map((row) => row.id)).toEqual([2]);
  expect(matching(shown(), "pending").map((row) => row.id)).toEqual([1]);
});

test("a title has 1 to 200 characters after trimming", () => {
  expect(titleFault("  ")).toBe("missing");
  expect(titleFault(` ${"🌱".repeat(200)} `)).toBeNull();
  expect(titleFault("x".repeat(201))).toBe("long");
});
