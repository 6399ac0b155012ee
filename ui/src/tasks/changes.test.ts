import { beforeEach, expect, test, vi } from "vitest";
import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import { dismiss, notice } from "../state/notices";
import {
  changeTask,
  changeTasks,
  closeTasks,
  followChanges,
  loadState,
  openTasks,
  reloadTasks,
  retryUnsaved,
  taskRows,
  undoLast,
} from "./store";

vi.mock("../api/operations");
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
  vi.mocked(api.completeTask).mockRejectedValue(offline);
  vi.mocked(api.editTask).mockRejectedValue(offline);
  await changeTask({ kind: "complete", id: 1, title: "Milk", completed: true });
  await changeTask({ kind: "edit", id: 1, title: "Milk", from: milk, to: oat });
  expect(taskRows.value[0]).toMatchObject({ title: "Oat milk", completed: true, waiting: true });
  const sent: string[] = [];
  vi.mocked(api.completeTask).mockImplementation(async () => {
    sent.push("complete");
    return { ...milk, completed: true };
  });
  vi.mocked(api.editTask).mockImplementation(async () => {
    sent.push("edit");
    return { ...milk, ...oat, completed: true };
  });
  await retryUnsaved();
  expect(sent).toEqual(["complete", "edit"]);
  expect(taskRows.value[0]).not.toHaveProperty("waiting");
});

test("an undo takes back what waits for the connection", async () => {
  vi.mocked(api.deleteTask).mockRejectedValue(new ApiError(0, "offline"));
  await changeTask({ kind: "delete", id: 1, title: "Milk" });
  expect(titles()).toEqual([]);
  undoLast();
  expect(titles()).toEqual(["Milk"]);
});

test("many tasks are changed in one request, and undone in one step", async () => {
  const eggs = { ...milk, id: 2, title: "Eggs" };
  vi.mocked(api.listTasks).mockResolvedValue([milk, eggs]);
  await reloadTasks();
  vi.mocked(api.restoreTask).mockImplementation(async (_, id) => (id === 1 ? milk : eggs));
  await changeTasks([
    { kind: "delete", id: 1, title: "Milk" },
    { kind: "delete", id: 2, title: "Eggs" },
  ]);
  expect(api.deleteTasks).toHaveBeenCalledExactlyOnceWith("u1", [1, 2]);
  expect(notice.value?.text).toBe("Deleted 2 tasks");
  await notice.value?.action?.run();
  await vi.waitFor(() => expect(titles()).toEqual(["Eggs", "Milk"]));
});

test("changes of others are taken over without loading a long list", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ ...milk, id: at + 1, updated_at: `v${100 + at}` }));
  vi.mocked(api.listTasks).mockResolvedValue(many);
  await reloadTasks();
  vi.mocked(api.listTasks).mockClear();
  vi.mocked(api.listChanges).mockResolvedValue([{ ...milk, id: 7, title: "Bread", updated_at: "v999" }]);
  await followChanges();
  expect(api.listChanges).toHaveBeenCalledWith("u1", "v159");
  expect(titles()).toContain("Bread");
  expect(api.listTasks).not.toHaveBeenCalled();
});
