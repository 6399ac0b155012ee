import { expect, test } from "vitest";
import { buildRows, inOrder, type TaskChange, taskFault, withoutTask, withTask, withWrite } from "./list";

const updated_at = "2026-11-25T10:00:00Z";
const milk = { id: 1, title: "Milk", description: null, completed: false, updated_at };
const bread = { id: 2, title: "Bread", description: "Rye, from the café", completed: true, updated_at };
const oat = { title: "Oat milk", description: null };
const shown = (...changes: readonly TaskChange[]) =>
  buildRows(
    [milk, bread],
    changes.map((change, index) => ({ key: index + 1, change })),
  );
const ids = (changes: ReturnType<typeof shown>) => changes.map((row) => row.id);

test("the newest task is first", () => {
  expect(ids(shown())).toEqual([2, 1]);
});

test("a pending change is shown, and is gone when it is no longer pending", () => {
  expect(shown({ kind: "complete", id: 1, title: "Milk", completed: true })[1]?.completed).toBe(true);
  expect(shown({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat })[1]?.title).toBe("Oat milk");
  expect(ids(shown({ kind: "delete", id: 2, title: "Bread" }))).toEqual([1]);
  expect(shown()).toEqual(shown());
  expect(milk.completed).toBe(false);
});

test("a new task has no number until the server gives it one", () => {
  expect(shown({ kind: "add", title: "Eggs", idempotencyKey: "k1" })[0]).toEqual({
    key: "new-1",
    id: null,
    title: "Eggs",
    description: null,
    completed: false,
    updated_at: "",
  });
});

test("a restored task takes its old place", () => {
  const gone = { kind: "delete", id: 1, title: "Milk" } as const;
  expect(
    ids(shown(gone, { kind: "add", title: "Eggs", idempotencyKey: "k1" }, { ...gone, kind: "restore", task: milk })),
  ).toEqual([null, 2, 1]);
});

test("changes of the same task are applied in their order", () => {
  const both = shown(
    { kind: "edit", id: 1, title: "Milk", from: milk, to: oat },
    { kind: "complete", id: 1, title: "Oat milk", completed: true },
    { kind: "complete", id: 1, title: "Oat milk", completed: false },
  );
  expect(both[1]).toMatchObject({ title: "Oat milk", completed: false });
});

test("a task from the server takes its place by number", () => {
  expect(withTask([bread], milk).map((task) => task.id)).toEqual([1, 2]);
  expect(withTask([milk, bread], { ...milk, title: "Oat milk" })[0]?.title).toBe("Oat milk");
  expect(withoutTask([milk, bread], 1)).toEqual([bread]);
});

test("tasks stand by their positions, those that were never moved by their numbers", () => {
  const ten = { ...milk, id: 10 };
  const moved = { ...milk, id: 11, position: "a1r" };
  expect(inOrder([ten, moved, bread, milk]).map(({ id }) => id)).toEqual([1, 11, 2, 10]);
});

test("a moved task is shown at its new place at once", () => {
  const eggs = { ...milk, id: 3, title: "Eggs" };
  const moved = (place: { after: number } | { before: number }) =>
    buildRows([milk, bread, eggs], [{ key: 1, change: { kind: "move", id: 1, title: "Milk", place } }]);
  expect(ids(moved({ after: 3 }))).toEqual([1, 3, 2]);
  expect(ids(moved({ before: 3 }))).toEqual([3, 1, 2]);
  expect(ids(moved({ after: 99 }))).toEqual([3, 2, 1]);
});

test("steps go with their task when it is completed or deleted", () => {
  const step = { ...milk, id: 3, title: "Oat", parent: 1 };
  const rows = (change: TaskChange) => buildRows([milk, bread, step], [{ key: 1, change }]);
  expect(rows({ kind: "complete", id: 1, title: "Milk", completed: true }).every((row) => row.completed)).toBe(true);
  expect(ids(rows({ kind: "delete", id: 1, title: "Milk" }))).toEqual([2]);
  expect(withWrite([milk, bread, step], { tasks: [], deleted: [1], changes: [] })).toEqual([bread]);
});

test("a title has 1 to 200 characters after trimming, notes have up to 10,000", () => {
  expect(taskFault("  ")).toBe("missing");
  expect(taskFault(` ${"🌱".repeat(200)} `, "🌱".repeat(10_000))).toBeNull();
  expect(taskFault("x".repeat(201))).toBe("long");
  expect(taskFault("x", "x".repeat(10_001))).toBe("notes");
});
