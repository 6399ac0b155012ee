import { beforeEach, expect, test, vi } from "vitest";
import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import type { Task } from "../api/schema";
import * as writes from "../api/taskWrites";
import { session } from "../auth/currentSession";
import { drafts } from "../state/drafts";
import { dismiss, notice } from "../state/notices";
import {
  changeTask,
  closeTasks,
  loadState,
  openTasks,
  redoLast,
  refreshTasks,
  searchTasks,
  taskRows,
  undoLast,
} from "./store";
import { tellOtherTabs } from "./tabs";

vi.mock("../api/operations");
vi.mock("../api/taskWrites");
vi.mock("./tabs");
vi.mock("../auth/client", () => ({}));
vi.mock("../auth/currentSession", async () => {
  const { signal } = await import("@preact/signals");
  return {
    session: signal({ kind: "user", user: { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false } }),
  };
});

const milk = { id: 1, title: "Milk", description: null, completed: false, updated_at: "v1" };
const oat = { title: "Oat milk", description: null };
const unavailable = new ApiError(503, "unavailable");
const stale = new ApiError(412, "precondition_failed");
const add = (title: string, idempotencyKey: string) => ({ kind: "add", title, idempotencyKey }) as const;
/** What the server returns for a change; `change` is its number. */
const wrote = (change: number, ...tasks: readonly Task[]) => ({ tasks, deleted: [], changes: [change] });
const removed = (change: number, id: number) => ({ tasks: [], deleted: [id], changes: [change] });
const undone = (change: number, tasks: readonly Task[], deleted: readonly number[] = []) => ({
  ...{ tasks, deleted, changes: [change] },
  ...{ kept: [] as string[], complete: true },
});
const titles = () => taskRows.value.map((row) => row.title);

/** A promise that the test settles when it wants to. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (cause: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

beforeEach(async () => {
  vi.resetAllMocks();
  closeTasks();
  drafts.clear();
  dismiss();
  session.value = { kind: "user", user: { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false } };
  vi.mocked(api.listTasks).mockResolvedValue([milk]);
  openTasks("u1");
  await vi.waitFor(() => expect(loadState.value).toBe("ready"));
});

test("a change is shown before the server responds, and stays when it succeeds", async () => {
  const response = deferred<ReturnType<typeof wrote>>();
  vi.mocked(writes.completeTask).mockReturnValue(response.promise);
  const done = changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  expect(taskRows.value[0]?.completed).toBe(true);
  response.resolve(wrote(1, { ...milk, completed: true }));
  await done;
  expect(taskRows.value[0]?.completed).toBe(true);
  expect(notice.value).toMatchObject({ kind: "done", text: 'Completed "Milk"' });
});

test("tasks that are added one right after the other keep their order", async () => {
  const first = deferred<ReturnType<typeof wrote>>();
  vi.mocked(writes.addTask)
    .mockReturnValueOnce(first.promise)
    .mockResolvedValueOnce(wrote(2, { ...milk, id: 3, title: "Eggs" }));
  const done = Promise.all([changeTask(add("Bread", "b")), changeTask(add("Eggs", "e"))]);
  await vi.waitFor(() => expect(writes.addTask).toHaveBeenCalled());
  expect(writes.addTask).toHaveBeenCalledTimes(1);
  expect(titles()).toEqual(["Eggs", "Bread", "Milk"]);
  first.resolve(wrote(1, { ...milk, id: 2, title: "Bread" }));
  await done;
  expect(titles()).toEqual(["Eggs", "Bread", "Milk"]);
});

test("a new task waits for none before it that could not be saved", async () => {
  vi.mocked(writes.addTask)
    .mockRejectedValueOnce(unavailable)
    .mockResolvedValueOnce(wrote(1, { ...milk, id: 2, title: "Eggs" }));
  await Promise.all([changeTask(add("Bread", "b")), changeTask(add("Eggs", "e"))]);
  expect(taskRows.value.map(({ title, failure }) => [title, failure !== undefined])).toEqual([
    ["Bread", true],
    ["Eggs", false],
    ["Milk", false],
  ]);
});

test("a change that fails is taken back and can be tried again", async () => {
  vi.mocked(writes.deleteTask).mockRejectedValueOnce(unavailable).mockResolvedValue(removed(1, 1));
  await changeTask({ kind: "delete", id: 1, title: "Milk" });
  expect(titles()).toEqual(["Milk"]);
  await notice.value?.action?.run();
  expect(titles()).toEqual([]);
});

test("an edit that could not be saved returns to its field, and a new task stays in the list", async () => {
  vi.mocked(writes.addTask).mockRejectedValue(unavailable);
  vi.mocked(writes.editTask).mockRejectedValue(unavailable);
  await changeTask(add("Eggs", "k1"));
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(titles()).toEqual(["Eggs", "Milk"]);
  expect(taskRows.value[0]?.failure).toBe(unavailable.sentence);
  expect(drafts.edits.value).toMatchObject([{ id: 1, title: "Oat milk", notes: "", priority: "none", before: milk }]);
});

test("a task that no longer exists disappears", async () => {
  vi.mocked(writes.editTask).mockRejectedValue(new ApiError(404, "not_found"));
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(titles()).toEqual([]);
  expect(notice.value?.action).toBeUndefined();
});

test("a list that was requested before a change was confirmed is requested again", async () => {
  const stale = deferred<(typeof milk)[]>();
  vi.mocked(api.listTasks).mockReturnValueOnce(stale.promise);
  vi.mocked(writes.editTask).mockResolvedValue(wrote(1, { ...milk, title: "Oat milk" }));
  vi.mocked(api.listTasks).mockResolvedValue([{ ...milk, title: "Oat milk" }]);
  const refreshed = refreshTasks();
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  stale.resolve([milk]);
  await refreshed;
  expect(titles()).toEqual(["Oat milk"]);
});

test("of many tasks the newest are shown first, then those searched for, then all", async () => {
  const [bread, eggs] = [
    { ...milk, id: 2, title: "Bread" },
    { ...milk, id: 3, title: "Eggs" },
  ];
  const all = deferred<(typeof milk)[]>();
  vi.mocked(api.listTasks).mockImplementation((_, tell) => {
    tell([eggs]);
    return all.promise;
  });
  vi.mocked(api.findTasks).mockResolvedValue([milk]);
  closeTasks();
  openTasks("u1");
  expect([loadState.value, titles()]).toEqual(["partial", ["Eggs"]]);
  await searchTasks({ status: "all", words: "milk" });
  expect([loadState.value, titles()]).toEqual(["partial", ["Eggs", "Milk"]]);
  all.resolve([milk, bread, eggs]);
  await refreshTasks();
  expect([loadState.value, titles()]).toEqual(["ready", ["Eggs", "Bread", "Milk"]]);
});

test("callers during a request for the list share it", async () => {
  const list = deferred<(typeof milk)[]>();
  vi.mocked(api.listTasks).mockClear().mockReturnValue(list.promise);
  const both = [refreshTasks(), refreshTasks()];
  list.resolve([milk]);
  await Promise.all(both);
  expect(api.listTasks).toHaveBeenCalledTimes(1);
  await refreshTasks();
  expect(api.listTasks).toHaveBeenCalledTimes(2);
});

test("an edit of a task that was only completed elsewhere is saved", async () => {
  const ticked = { ...milk, completed: true, updated_at: "v2" };
  vi.mocked(writes.editTask)
    .mockRejectedValueOnce(stale)
    .mockResolvedValue(wrote(1, { ...ticked, ...oat, updated_at: "v3" }));
  vi.mocked(api.getTask).mockResolvedValue(ticked);
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(vi.mocked(writes.editTask).mock.calls.map(([, , , version]) => version)).toEqual(["v1", "v2"]);
  expect(taskRows.value[0]).toMatchObject({ title: "Oat milk", completed: true });
});

test("an edit whose response was lost counts as saved", async () => {
  vi.mocked(writes.editTask).mockRejectedValue(stale);
  vi.mocked(api.getTask).mockResolvedValue({ ...milk, ...oat, updated_at: "v2" });
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(titles()).toEqual(["Oat milk"]);
  expect(notice.value).toBeNull();
});

test("an edit of a task that was changed elsewhere shows both texts and overwrites nothing by itself", async () => {
  const theirs = { ...milk, title: "Soy milk", updated_at: "v2" };
  vi.mocked(writes.editTask).mockRejectedValue(stale);
  vi.mocked(api.getTask).mockResolvedValue(theirs);
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(titles()).toEqual(["Soy milk"]);
  const conflict = { id: 1, title: "Oat milk", notes: "", priority: "none", before: theirs, conflict: true };
  expect(drafts.edits.value).toMatchObject([conflict]);
  // An edit of something else is no obstacle, and none of it is lost.
  const other = { id: 2, title: "Eggs", notes: "", before: milk };
  drafts.edits.value = [other];
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(drafts.edits.value).toMatchObject([other, conflict]);
});

test("requests for one task are sent one after the other", async () => {
  const first = deferred<ReturnType<typeof wrote>>();
  vi.mocked(writes.completeTask).mockReturnValueOnce(first.promise).mockResolvedValueOnce(wrote(2, milk));
  const both = [true, false].map((completed) => changeTask({ kind: "complete", id: 1, title: "Milk", completed }));
  await vi.waitFor(() => expect(writes.completeTask).toHaveBeenCalledTimes(1));
  expect(taskRows.value[0]?.completed).toBe(false);
  first.resolve(wrote(1, { ...milk, completed: true }));
  await Promise.all(both);
  expect(vi.mocked(writes.completeTask).mock.calls.map(([, , completed]) => completed)).toEqual([true, false]);
});

test("another user's list starts empty", async () => {
  vi.mocked(api.listTasks).mockResolvedValue([]);
  openTasks("u2");
  expect(titles()).toEqual([]);
  await vi.waitFor(() =>
    expect(api.listTasks).toHaveBeenLastCalledWith("u2", expect.any(Function), expect.any(Function)),
  );
});

test("a deleted task comes back with its number when that is undone", async () => {
  vi.mocked(writes.deleteTask).mockResolvedValue(removed(7, 1));
  vi.mocked(writes.undoChange).mockResolvedValue(undone(8, [milk]));
  await changeTask({ kind: "delete", id: 1, title: "Milk" });
  expect(titles()).toEqual([]);
  undoLast();
  expect(taskRows.value[0]).toMatchObject({ id: 1, title: "Milk" });
  await vi.waitFor(() => expect(writes.undoChange).toHaveBeenCalledWith("u1", 7));
  expect(notice.value).toBeNull();
});

test("a failure is not undone", async () => {
  vi.mocked(writes.deleteTask).mockRejectedValueOnce(unavailable);
  await changeTask({ kind: "delete", id: 1, title: "Milk" });
  undoLast();
  expect(writes.deleteTask).toHaveBeenCalledTimes(1);
  expect(notice.value?.kind).toBe("failure");
});

test("other tabs are told of a change, not of a failure", async () => {
  vi.mocked(writes.addTask)
    .mockRejectedValueOnce(unavailable)
    .mockResolvedValueOnce(wrote(1, { ...milk, id: 2 }));
  await changeTask(add("Eggs", "k1"));
  expect(tellOtherTabs).not.toHaveBeenCalled();
  await changeTask(add("Eggs", "k1"));
  expect(tellOtherTabs).toHaveBeenCalledWith("u1");
});

test("changes are undone one after the other, the newest first", async () => {
  const bread = { ...milk, id: 2, title: "Bread" };
  vi.mocked(writes.addTask).mockResolvedValue(wrote(1, bread));
  vi.mocked(writes.editTask).mockResolvedValueOnce(wrote(2, { ...milk, ...oat, updated_at: "v2" }));
  vi.mocked(writes.completeTask).mockResolvedValueOnce(
    wrote(3, { ...milk, ...oat, completed: true, updated_at: "v3" }),
  );
  vi.mocked(writes.deleteTask).mockResolvedValue(removed(4, 1));
  await changeTask(add("Bread", "k1"));
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  await changeTask({ kind: "complete", id: 1, title: "Oat milk", completed: true });
  await changeTask({ kind: "delete", id: 1, title: "Oat milk" });
  vi.mocked(writes.undoChange)
    .mockResolvedValueOnce(undone(5, [{ ...milk, ...oat, completed: true, updated_at: "v4" }]))
    .mockResolvedValueOnce(undone(6, [{ ...milk, ...oat, updated_at: "v5" }]))
    .mockResolvedValueOnce(undone(7, [{ ...milk, updated_at: "v6" }]))
    .mockResolvedValueOnce(undone(8, [], [2]))
    .mockResolvedValueOnce(undone(9, [bread]));
  const state = () => taskRows.value.map(({ title, completed }) => `${title} ${completed ? "done" : "open"}`);
  const states = [state()];
  for (let steps = 0; steps < 5; steps += 1) {
    undoLast();
    states.push(state());
    await vi.waitFor(() => expect(tellOtherTabs).toHaveBeenCalledTimes(Math.min(5 + steps, 8)));
  }
  expect(states).toEqual([
    ["Bread open"],
    ["Bread open", "Oat milk done"],
    ["Bread open", "Oat milk open"],
    ["Bread open", "Milk open"],
    ["Milk open"],
    ["Milk open"],
  ]);
  expect(vi.mocked(writes.undoChange).mock.calls.map(([, change]) => change)).toEqual([4, 3, 2, 1]);
  redoLast();
  await vi.waitFor(() => expect(state()).toEqual(["Bread open", "Milk open"]));
  await vi.waitFor(() => expect(writes.undoChange).toHaveBeenLastCalledWith("u1", 8));
});
