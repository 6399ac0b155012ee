// The task list of the signed-in user: loading it, and changing it. A change is shown at once, then sent to the server.

import { computed, signal } from "@preact/signals";
import * as api from "../api/operations";
import { type ApiError, toApiError } from "../api/problem";
import { newIdempotencyKey } from "../api/request";
import type { Task, TaskFilter } from "../api/schema";
import { session } from "../auth/currentSession";
import { drafts } from "../state/drafts";
import { announce, type Notice, notice, notify } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import { EditConflictError, saveEdit } from "./edit";
import { storeLastList } from "./lastList";
import { buildRows, type PendingChange, type TaskChange, withoutTask, withTask } from "./list";
import { TaskQueue } from "./queue";
import { onOtherTab, tellOtherTabs } from "./tabs";

/** `partial`: the newest tasks are loaded, the others follow. */
type LoadState = "loading" | "partial" | "ready" | "failed";

const tasks = signal<readonly Task[]>([]);
const pending = signal<readonly PendingChange[]>([]);
export const loadState = signal<LoadState>("loading");
export const taskRows = computed(() => buildRows(tasks.value, pending.value));

let owner: string | null = null;
let lastKey = 0;
/** Counts the changes that the server has confirmed: a list requested before the last of them is out of date. */
let revision = 0;
/** The running request for the list. */
let refresh: Promise<void> | null = null;
/** The idempotency keys, by title, of additions without a response: added again with its key it is the same task. */
const unconfirmedKeys = new Map<string, string>();
const queue = new TaskQueue();

onOtherTab((whose) => {
  if (whose === owner) void reloadTasks();
});

/** Loads this user's tasks; those of another user are forgotten. */
export function openTasks(user: string): void {
  if (owner !== user) {
    closeTasks();
    owner = user;
    loadState.value = "loading";
  }
  void refreshTasks();
}

/** Forgets everything at sign-out. */
export function closeTasks(): void {
  owner = null;
  tasks.value = [];
  pending.value = [];
  queue.clear();
  unconfirmedKeys.clear();
  refresh = null;
}

/** Loads the list; callers during a running request share it. */
export function refreshTasks(): Promise<void> {
  const user = owner;
  if (user === null) return Promise.resolve();
  if (loadState.peek() === "failed") loadState.value = "loading";
  refresh ??= fetchTasks(user);
  return refresh;
}

/** Loads the list after a change elsewhere; the response to a running request is out of date. */
export function reloadTasks(): Promise<void> {
  revision += 1;
  return refreshTasks();
}

async function fetchTasks(user: string): Promise<void> {
  try {
    const requested = revision;
    const list = await api.listTasks(user, (newest) => {
      if (owner !== user || requested !== revision || loadState.peek() !== "loading") return;
      tasks.value = newest;
      loadState.value = "partial";
    });
    if (owner !== user) return;
    if (requested !== revision) return await fetchTasks(user);
    setTasks(list);
    loadState.value = "ready";
  } catch (cause) {
    if (owner === user) reportRefreshFailure(toApiError(cause));
  } finally {
    if (owner === user) refresh = null;
  }
}

/** Searches on the server while the list is only partly loaded. */
export async function searchTasks(filter: TaskFilter): Promise<void> {
  const user = owner;
  const requested = revision;
  if (user === null) return;
  // A failure does no harm: the whole list is on its way.
  const found = await api.findTasks(user, filter).catch(() => []);
  if (owner !== user || requested !== revision || loadState.peek() !== "partial") return;
  tasks.value = found.reduce(withTask, tasks.peek());
}

function reportRefreshFailure(error: ApiError): void {
  if (isSignedOut()) return;
  if (loadState.peek() === "loading") loadState.value = "failed";
  else notifyFailure(`${taskStrings.refreshFailed} ${error.sentence}`, refreshTasks);
}

/** Shows the change at once and sends it; takes it back, with a notice, when it fails. */
export async function changeTask(change: TaskChange): Promise<void> {
  const user = owner;
  if (user === null) return;
  lastKey += 1;
  const entry: PendingChange = { key: lastKey, change };
  const before = change.kind === "delete" ? tasks.peek().find((task) => task.id === change.id) : undefined;
  pending.value = [...pending.peek(), entry];
  try {
    const send = () => sendChange(user, change);
    const applyTo = await (change.kind === "add" ? send() : queue.run(change.id, send));
    if (owner !== user) return;
    revision += 1;
    setTasks(applyTo(tasks.peek()));
    removePending(entry);
    tellOtherTabs(user);
    reportSuccess(change, before);
  } catch (cause) {
    if (owner !== user) return;
    removePending(entry);
    reportFailure(change, toApiError(cause));
  }
}

/** Takes over the server's list. */
function setTasks(list: readonly Task[]): void {
  tasks.value = list;
  if (owner !== null) storeLastList(owner, list, Date.now());
}

function removePending(entry: PendingChange): void {
  pending.value = pending.peek().filter((other) => other !== entry);
}

/** Sends the change; returns how to apply it to the server's list. */
async function sendChange(user: string, change: TaskChange): Promise<(tasks: readonly Task[]) => readonly Task[]> {
  if (change.kind === "delete") {
    await api.deleteTask(user, change.id);
    return (list) => withoutTask(list, change.id);
  }
  const task = await sendUpdate(user, change);
  return (list) => withTask(list, task);
}

function sendUpdate(user: string, change: Exclude<TaskChange, { kind: "delete" }>): Promise<Task> {
  switch (change.kind) {
    case "add":
      return addOnce(user, change.title);
    case "complete":
      return api.completeTask(user, change.id, change.completed);
    case "edit":
      return saveEdit(user, change.id, change.from, change.to);
    case "restore":
      return api.restoreTask(user, change.id);
  }
}

async function addOnce(user: string, title: string): Promise<Task> {
  const key = unconfirmedKeys.get(title) ?? newIdempotencyKey();
  unconfirmedKeys.set(title, key);
  const task = await api.addTask(user, title, key);
  unconfirmedKeys.delete(title);
  return task;
}

/** `before` is the task that was deleted, to be restored on request. */
function reportSuccess(change: TaskChange, before: Task | undefined): void {
  if (change.kind === "add") announce(taskStrings.added(change.title));
  if (change.kind === "restore") announce(taskStrings.restored(change.title));
  if (change.kind !== "delete") return;
  const text = taskStrings.deleted(change.title);
  const undo = before && (() => changeTask({ kind: "restore", id: change.id, title: change.title, task: before }));
  notify({ kind: "done", text, ...(undo ? { action: { label: appStrings.undo, run: undo } } : {}) });
}

function reportFailure(change: TaskChange, error: ApiError): void {
  if (error instanceof EditConflictError && change.kind === "edit") {
    reportConflict(change, error.task);
    return;
  }
  if (error.status === 404 && change.kind !== "add") {
    revision += 1;
    setTasks(withoutTask(tasks.peek(), change.id));
  }
  const restored = restoreInput(change, error);
  if (isSignedOut()) return;
  const text = `${taskStrings.failed[change.kind](change.title)} ${error.sentence}`;
  notifyFailure(text, error.retryable && !restored ? () => changeTask(change) : null);
}

/** Opens the user's edit again beside the task's new text, so that neither is lost. */
function reportConflict({ id, to }: Extract<TaskChange, { kind: "edit" }>, task: Task): void {
  revision += 1;
  setTasks(withTask(tasks.peek(), task));
  const open = () => {
    drafts.editing.value = { id, title: to.title, notes: to.description ?? "", before: task, conflict: true };
  };
  const text = taskStrings.overtaken(to.title);
  if (drafts.editing.peek() === null) open();
  else notify({ kind: "failure", text, action: { label: taskStrings.show, run: open } });
}

function notifyFailure(text: string, retry: (() => unknown) | null): void {
  const failure: Notice = { kind: "failure", text };
  notify(retry === null ? failure : { ...failure, action: { label: appStrings.retry, run: retry } });
}

/** Runs the undo action of the current notice, if it offers one. */
export function undoLast(): void {
  const current = notice.peek();
  if (current?.kind !== "done" || current.action === undefined) return;
  notice.value = null;
  current.action.run();
}

/** Puts the user's input back into its field, unless the user is typing something else there. */
function restoreInput(change: TaskChange, error: ApiError): boolean {
  if (change.kind === "add" && drafts.newTask.peek() === "") {
    drafts.newTask.value = change.title;
    return true;
  }
  if (change.kind === "edit" && error.status !== 404 && drafts.editing.peek() === null) {
    const { id, from: before, to } = change;
    drafts.editing.value = { id, title: to.title, notes: to.description ?? "", before };
    return true;
  }
  return false;
}

/** After the end of the session the sign-in page appears; a notice would be one message too many. */
function isSignedOut(): boolean {
  return session.peek().kind !== "user";
}
