import { beforeEach, expect, test, vi } from "vitest";
import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import type { Task } from "../api/schema";
import * as writes from "../api/taskWrites";
import { dismiss, notice } from "../state/notices";
import {
  changeTask,
  changeTasks,
  closeTasks,
  followChanges,
  loadState,
  openTasks,
  recordAct,
  redoLast,
  refreshTasks,
  reloadTasks,
  retryUnsaved,
  taskRows,
  undoLast,
} from "./store";

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
/** What the server returns for a change. */
const wrote = (...tasks: readonly Task[]) => ({ tasks, deleted: [], changes: [1] });
const titles = () => taskRows.value.map((row) => row.title);

beforeEach(async () => {
  vi.resetAllMocks();
  closeTasks();
  dismiss();
  vi.mocked(api.listTasks).mockResolvedValue([milk]);
  openTasks("u1");
  await vi.waitFor(() => expect(loadState.value).toBe("ready"));
});

test("without a connection changes stay, and are sent in their order when it is back", async () => {
  const offline = new ApiError(0, "offline");
  vi.mocked(writes.completeTask).mockRejectedValue(offline);
  vi.mocked(writes.editTask).mockRejectedValue(offline);
  await changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(taskRows.value[0]).toMatchObject({ title: "Oat milk", completed: true, waiting: true });
  const sent: string[] = [];
  vi.mocked(writes.completeTask).mockImplementation(async () => {
    sent.push("complete");
    return wrote({ ...milk, completed: true });
  });
  vi.mocked(writes.editTask).mockImplementation(async () => {
    sent.push("edit");
    return wrote({ ...milk, ...oat, completed: true });
  });
  await retryUnsaved();
  expect(sent).toEqual(["complete", "edit"]);
  expect(taskRows.value[0]).not.toHaveProperty("waiting");
});

test("an undo takes back what waits for the connection", async () => {
  vi.mocked(writes.deleteTask).mockRejectedValue(new ApiError(0, "offline"));
  await changeTask({ kind: "delete", id: 1, title: "Milk" });
  expect(titles()).toEqual([]);
  undoLast();
  expect(titles()).toEqual(["Milk"]);
});

test("the undo of the act before leaves the screen when the next act begins", async () => {
  vi.mocked(writes.completeTask).mockResolvedValue(wrote({ ...milk, completed: true }));
  await changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  expect(notice.value?.text).toBe('Completed "Milk"');
  let respond = (_: ReturnType<typeof wrote>) => {};
  vi.mocked(writes.deleteTask).mockReturnValue(new Promise((resolve) => (respond = resolve)));
  const deletion = changeTask({ kind: "delete", id: 1, title: "Milk" });
  expect(notice.value).toBeNull();
  respond(wrote());
  await deletion;
  expect(notice.value?.text).toBe('Deleted "Milk"');
});

test("many tasks are changed in one request, and undone in one step", async () => {
  const eggs = { ...milk, id: 2, title: "Eggs" };
  vi.mocked(api.listTasks).mockResolvedValue([milk, eggs]);
  await reloadTasks();
  vi.mocked(writes.changeTogether).mockResolvedValue({ tasks: [], deleted: [1, 2], changes: [3], refused: [] });
  const undone = { ...wrote(milk, eggs), kept: [], complete: true };
  vi.mocked(writes.undoChange).mockResolvedValue(undone);
  await changeTasks([
    { kind: "delete", id: 1, title: "Milk" },
    { kind: "delete", id: 2, title: "Eggs" },
  ]);
  expect(writes.changeTogether).toHaveBeenCalledExactlyOnceWith("u1", [1, 2], { delete: true });
  expect(notice.value?.text).toBe("Deleted 2 tasks");
  await notice.value?.action?.run();
  await vi.waitFor(() => expect(titles()).toEqual(["Eggs", "Milk"]));
  expect(writes.undoChange).toHaveBeenCalledExactlyOnceWith("u1", 3);
});

test("tasks that are dragged together are moved in one request, in the order in which they come", async () => {
  const [eggs, bread] = [
    { ...milk, id: 2, title: "Eggs" },
    { ...milk, id: 3, title: "Bread" },
  ];
  vi.mocked(api.listTasks).mockResolvedValue([milk, eggs, bread]);
  await reloadTasks();
  vi.mocked(writes.changeTogether).mockResolvedValue({ tasks: [], deleted: [], changes: [3], refused: [] });
  for (const [place, ids] of [
    [{ before: 3 }, [1, 2]],
    [{ after: 3 }, [2, 1]],
  ] as const) {
    await changeTasks([1, 2].map((id) => ({ kind: "move", id, title: "", place })));
    expect(writes.changeTogether).toHaveBeenLastCalledWith("u1", ids, place);
  }
  expect(writes.moveTask).not.toHaveBeenCalled();
});

/** An act that tags two tasks. */
const tagBoth = () =>
  changeTasks(
    [1, 2].map((id) => ({
      ...{ kind: "set", id, title: id === 1 ? "Milk" : "Eggs" },
      ...{ members: { tags: ["shop"] }, together: { add_tags: ["shop"] } },
    })),
  );
const tooMany = { field: "tags", message: "must be at most 20 tags.", line: null };

test("one request says what happens to all selected tasks, and the one that cannot be changed is named", async () => {
  const [tagged, eggs] = [
    { ...milk, tags: ["shop"] },
    { ...milk, id: 2, title: "Eggs" },
  ];
  vi.mocked(api.listTasks).mockResolvedValue([milk, eggs]);
  await reloadTasks();
  const refused = [{ id: 2, why: tooMany }];
  vi.mocked(writes.changeTogether).mockResolvedValue({ ...wrote(tagged), refused });
  await tagBoth();
  expect(writes.changeTogether).toHaveBeenCalledExactlyOnceWith("u1", [1, 2], { add_tags: ["shop"] });
  expect(writes.editTask).not.toHaveBeenCalled();
  expect(notice.value?.text).toBe("Changed 1 task. Not possible for: Eggs");
  expect(taskRows.value.map(({ tags = [] }) => tags)).toEqual([[], ["shop"]]);
});

test("where no task can be changed, it is said why", async () => {
  const refused = [1, 2].map((id) => ({ id, why: tooMany }));
  vi.mocked(writes.changeTogether).mockResolvedValue({ tasks: [], deleted: [], changes: [], refused });
  await tagBoth();
  expect(notice.value?.text).toBe("2 tasks were not changed. Tags must be at most 20 tags.");
});

const changed = (version: number, more: Partial<api.ListChanges> = {}) => ({
  ...{ version, tasks: [], deleted: [], listsChanged: false, reload: false },
  ...more,
});

/** The list is loaded, and its version is known to be this one. */
async function atVersion(version: number): Promise<void> {
  vi.mocked(api.listTasks).mockImplementation(async (_, __, onVersion) => {
    onVersion(version);
    return [milk];
  });
  await refreshTasks();
  vi.mocked(api.listTasks).mockClear();
}

test("changes of others are taken over without loading the list again", async () => {
  await atVersion(7);
  const bread = { ...milk, id: 2, title: "Bread" };
  vi.mocked(api.listChanges).mockResolvedValue(changed(9, { tasks: [bread], deleted: [1] }));
  await followChanges();
  expect(api.listChanges).toHaveBeenLastCalledWith("u1", 7);
  expect(titles()).toEqual(["Bread"]);
  await followChanges();
  expect(api.listChanges).toHaveBeenLastCalledWith("u1", 9);
  expect(api.listTasks).not.toHaveBeenCalled();
});

test("an own change that follows the known version is not asked for", async () => {
  await atVersion(7);
  const oats = { ...milk, id: 2, title: "Oats" };
  const wroteAs = (change: number) => ({ tasks: [oats], deleted: [], changes: [change] });
  vi.mocked(writes.addTask).mockResolvedValueOnce(wroteAs(8)).mockResolvedValueOnce(wroteAs(10));
  await changeTask({ kind: "add", title: "Oats", idempotencyKey: "k1" });
  vi.mocked(api.listChanges).mockResolvedValue(changed(8));
  await followChanges();
  expect(api.listChanges).toHaveBeenLastCalledWith("u1", 8);
  // Change 9 was made by somebody else.
  await changeTask({ kind: "add", title: "Oats", idempotencyKey: "k2" });
  await followChanges();
  expect(api.listChanges).toHaveBeenLastCalledWith("u1", 8);
});

test("the list is loaded where it is not known what changed", async () => {
  await atVersion(7);
  vi.mocked(api.listChanges).mockResolvedValue(changed(900, { reload: true }));
  await followChanges();
  expect(api.listTasks).toHaveBeenCalledTimes(1);
  vi.mocked(api.listChanges).mockRejectedValue(new ApiError(500, "broken"));
  await reloadTasks();
  expect(api.listTasks).toHaveBeenCalledTimes(2);
});

test("many changes elsewhere at once cause one more request, not one each", async () => {
  await atVersion(7);
  const bread = { ...milk, id: 2, title: "Bread" };
  let respond = (_: api.ListChanges) => {};
  const first = new Promise<api.ListChanges>((resolve) => {
    respond = resolve;
  });
  vi.mocked(api.listChanges)
    .mockReturnValueOnce(first)
    .mockResolvedValue(changed(8, { tasks: [bread] }));
  const all = [reloadTasks(), reloadTasks()];
  await vi.waitFor(() => expect(api.listChanges).toHaveBeenCalledTimes(1));
  all.push(reloadTasks(), reloadTasks());
  respond(changed(7));
  await Promise.all(all);
  expect(titles()).toEqual(["Bread", "Milk"]);
  expect(api.listChanges).toHaveBeenCalledTimes(2);
});

test("what was changed since by somebody else stays, and is named", async () => {
  vi.mocked(writes.completeTask).mockResolvedValue(wrote({ ...milk, completed: true }));
  vi.mocked(writes.undoChange).mockResolvedValue({
    ...wrote({ ...milk, title: "Soy" }),
    ...{ kept: ["Soy"], complete: true },
  });
  await changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  await notice.value?.action?.run();
  await vi.waitFor(() => expect(notice.value?.text).toBe("Undone, except what was changed since in: Soy"));
  expect(titles()).toEqual(["Soy"]);
});

test("a task that repeats says when it is due again", async () => {
  vi.mocked(writes.completeTask).mockResolvedValue(wrote({ ...milk, due: "2199-05-01" }));
  await changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  expect(notice.value?.text).toMatch(/^Completed "Milk"\. Next: .*2199$/);
});

test("an edit that began before this page's own change of the task is sent with its newest version", async () => {
  const ticked = { ...milk, completed: true, updated_at: "v2" };
  vi.mocked(writes.completeTask).mockResolvedValue(wrote(ticked));
  vi.mocked(writes.editTask).mockResolvedValue(wrote({ ...ticked, ...oat, updated_at: "v3" }));
  const tick = changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  const edit = changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  await Promise.all([tick, edit]);
  expect(vi.mocked(writes.editTask).mock.calls.map(([, , , version]) => version)).toEqual(["v2"]);
});

test("the notice that the list is old goes when the list is up to date", async () => {
  vi.mocked(api.listTasks).mockRejectedValueOnce(new ApiError(503, "unavailable"));
  await refreshTasks();
  expect(notice.value?.text).toContain("could not be brought up to date");
  vi.mocked(api.listTasks).mockResolvedValue([milk]);
  await refreshTasks();
  expect(notice.value).toBeNull();
});

test("an act of another part of the page is a step to undo, and can be done again", async () => {
  vi.mocked(api.listChanges).mockResolvedValue(changed(7));
  vi.mocked(writes.undoChange)
    .mockResolvedValueOnce({ tasks: [], deleted: [1], changes: [8], kept: [], complete: true })
    .mockResolvedValueOnce({ tasks: [milk], deleted: [], changes: [9], kept: [], complete: true });
  recordAct("tasks.csv", [7], 2);
  undoLast();
  await vi.waitFor(() => expect(titles()).toEqual([]));
  expect(writes.undoChange).toHaveBeenLastCalledWith("u1", 7);
  expect(notice.value?.text).toBe("Undone: 2 tasks");
  redoLast();
  await vi.waitFor(() => expect(titles()).toEqual(["Milk"]));
  expect(writes.undoChange).toHaveBeenLastCalledWith("u1", 8);
});
