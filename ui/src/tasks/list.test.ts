import { expect, test } from "vitest";
import {
  buildRows,
  filterRows,
  formatFilter,
  parseFilter,
  type TaskChange,
  taskFault,
  withoutTask,
  withTask,
} from "./list";

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

test("the filter is in the address, and an unknown status means all", () => {
  expect(parseFilter("?status=pending&q=oat")).toEqual({ status: "pending", words: "oat" });
  expect(parseFilter("?status=done")).toEqual({ status: "all", words: "" });
  expect(formatFilter({ status: "pending", words: "a&b" })).toBe("?status=pending&q=a%26b");
  expect(formatFilter({ status: "all", words: " " })).toBe("");
});

test("tasks are filtered by status, by words in any order, and by number", () => {
  const found = (search: string) => ids(filterRows(shown(), parseFilter(search)));
  expect(found("?status=completed")).toEqual([2]);
  expect(found("?status=pending")).toEqual([1]);
  expect(found("?q=CAFE+bread")).toEqual([2]);
  expect(found("?q=%231")).toEqual([1]);
  expect(found("?q=milk&status=completed")).toEqual([]);
});

test("a title has 1 to 200 characters after trimming, notes have up to 10,000", () => {
  expect(taskFault("  ")).toBe("missing");
  expect(taskFault(` ${"🌱".repeat(200)} `, "🌱".repeat(10_000))).toBeNull();
  expect(taskFault("x".repeat(201))).toBe("long");
  expect(taskFault("x", "x".repeat(10_001))).toBe("notes");
});
