import { beforeEach, expect, test, vi } from "vitest";
import * as api from "../api/operations";
import { ApiError } from "../api/problem";
import * as writes from "../api/taskWrites";
import { session } from "../auth/currentSession";
import { drafts } from "../state/drafts";
import { dismiss, notice } from "../state/notices";
import { changeTask, closeTasks, discardRow, loadState, openTasks, reloadTasks, retryUnsaved, taskRows } from "./store";

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
const unavailable = new ApiError(503, "unavailable");
const add = (title: string, idempotencyKey: string) => ({ kind: "add", title, idempotencyKey }) as const;
const titles = () => taskRows.value.map((row) => row.title);

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

test("all new tasks that were not saved are sent again in order, each with its own key", async () => {
  const sent: string[] = [];
  vi.mocked(writes.addTask).mockRejectedValue(unavailable);
  await Promise.all([changeTask(add("Alpha", "k1")), changeTask(add("Bravo", "k2")), changeTask(add("Alpha", "k3"))]);
  expect(titles()).toEqual(["Alpha", "Bravo", "Alpha", "Milk"]);
  vi.mocked(writes.addTask).mockImplementation(async (_, title, key) => {
    sent.push(key);
    return { tasks: [{ ...milk, id: 1 + sent.length, title }], deleted: [], changes: [1] };
  });
  await retryUnsaved();
  expect(sent).toEqual(["k1", "k2", "k3"]);
  expect(taskRows.value.map(({ id, title }) => [id, title])).toEqual([
    [4, "Alpha"],
    [3, "Bravo"],
    [2, "Alpha"],
    [1, "Milk"],
  ]);
});

test("a new task that was refused waits for the user, who can send it again or discard it", async () => {
  vi.mocked(writes.addTask).mockRejectedValueOnce(new ApiError(422, "invalid", "Not this title."));
  await changeTask(add("Eggs", "k1"));
  await retryUnsaved();
  expect(writes.addTask).toHaveBeenCalledTimes(1);
  const row = taskRows.value[0];
  expect(row?.failure).toBe("Not this title.");
  discardRow(row?.key ?? "");
  expect(titles()).toEqual(["Milk"]);
});

test("the response to a repeated addition does not overwrite a newer version of the task", async () => {
  const [old, newer] = ["2026-01-01T10:00:00Z", "2026-01-01T10:05:00Z"];
  const ticked = { ...milk, id: 2, title: "Bread", completed: true, updated_at: newer };
  vi.mocked(api.listTasks).mockResolvedValue([milk, ticked]);
  await reloadTasks();
  vi.mocked(writes.addTask).mockResolvedValue({
    tasks: [{ ...ticked, completed: false, updated_at: old }],
    ...{ deleted: [], changes: [] },
  });
  await changeTask(add("Bread", "k1"));
  expect(taskRows.value.map(({ title, completed }) => [title, completed])).toEqual([
    ["Bread", true],
    ["Milk", false],
  ]);
});

test("the end of the session keeps the new task and shows no notice", async () => {
  vi.mocked(writes.addTask).mockImplementationOnce(async () => {
    session.value = { kind: "guest", why: "expired" };
    throw new ApiError(401, "invalid_token");
  });
  await changeTask(add("Eggs", "k1"));
  expect(titles()).toEqual(["Eggs", "Milk"]);
  expect(notice.value).toBeNull();
  vi.mocked(writes.addTask).mockResolvedValue({
    tasks: [{ ...milk, id: 2, title: "Eggs" }],
    deleted: [],
    changes: [1],
  });
  openTasks("u1");
  await vi.waitFor(() => expect(taskRows.value[0]?.id).toBe(2));
});
