// The task list of the signed-in user: loading it, and changing it. A change is shown at once, then sent to the server.

import { computed, signal } from "@preact/signals";
import * as api from "../api/operations";
import { type ApiError, toApiError } from "../api/problem";
import type { Task, TaskFilter } from "../api/schema";
import { session } from "../auth/currentSession";
import { drafts } from "../state/drafts";
import { announce, dismiss, type Notice, notice, notify } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import { EditConflictError } from "./edit";
import { reverseOf, UndoHistory } from "./history";
import { storeLastList } from "./lastList";
import { linger } from "./lingering";
import { buildRows, newRowKey, type PendingChange, type TaskChange, withoutTask, withTask } from "./list";
import { TaskQueue } from "./queue";
import { sendChange } from "./sendChange";
import { onOtherTab, tellOtherTabs } from "./tabs";
import { clearUnsavedTasks, readUnsavedTasks, storeUnsavedTasks } from "./unsavedTasks";

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
/** The running attempt to save the additions that failed. */
let retries: Promise<void> | null = null;
const queue = new TaskQueue();
const undoHistory = new UndoHistory();
/** The requests that are on their way. */
const running = new Set<Promise<void>>();

onOtherTab((whose) => {
  if (whose === owner) void reloadTasks();
});

/** Loads this user's tasks; those of another user are forgotten. */
export function openTasks(user: string): void {
  if (owner !== user) {
    const unsaved = readUnsavedTasks(user);
    closeTasks();
    owner = user;
    loadState.value = "loading";
    setPending(unsaved.map((change) => newEntry(change)));
    for (const entry of pending.peek()) void submit(user, entry, false);
  } else void retryUnsaved();
  void refreshTasks();
}

/** Forgets everything at sign-out. */
export function closeTasks(): void {
  owner = null;
  tasks.value = [];
  pending.value = [];
  queue.clear();
  undoHistory.clear();
  clearUnsavedTasks();
  refresh = null;
  retries = null;
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

/** Shows the change at once and sends it; takes it back, with a notice, when it fails. `undoing`: it is an undo step. */
export async function changeTask(change: TaskChange, undoing = false): Promise<void> {
  if (owner === null) return;
  const entry = newEntry(change);
  setPending([...pending.peek(), entry]);
  if (change.kind === "complete") linger(change.id);
  await submit(owner, entry, undoing);
}

function newEntry(change: TaskChange): PendingChange {
  lastKey += 1;
  return { key: lastKey, change };
}

function submit(user: string, entry: PendingChange, undoing: boolean): Promise<void> {
  const request = sendEntry(user, entry, undoing).finally(() => running.delete(request));
  running.add(request);
  return request;
}

async function sendEntry(user: string, entry: PendingChange, undoing: boolean): Promise<void> {
  const { change } = entry;
  const before = change.kind === "delete" ? tasks.peek().find((task) => task.id === change.id) : undefined;
  try {
    const send = () => sendChange(user, change);
    const after = await (change.kind === "add" ? send() : queue.run(change.id, send));
    if (owner !== user) return;
    revision += 1;
    if (change.kind === "delete") setTasks(withoutTask(tasks.peek(), change.id));
    else if (after !== null) setTasks(withTask(tasks.peek(), after));
    removePending(entry);
    tellOtherTabs(user);
    const step = undoing ? null : reverseOf(change, before, after);
    if (step !== null) undoHistory.push(entry.key, step);
    reportSuccess(change, step, undoing);
  } catch (cause) {
    if (owner !== user) return;
    if (change.kind === "add") return keepUnsaved(entry, toApiError(cause));
    removePending(entry);
    reportFailure(change, toApiError(cause), undoing);
  }
}

/** The addition stays as a row, to be saved later. */
function keepUnsaved(entry: PendingChange, failure: ApiError): void {
  setPending(pending.peek().map((other) => (other.key === entry.key ? { ...entry, failure } : other)));
  if (!isSignedOut()) announce(`${taskStrings.failed.add(entry.change.title)} ${failure.sentence}`);
}

/** Sends the additions again that may succeed now, one after the other, until one fails. */
export function retryUnsaved(): Promise<void> {
  retries ??= retryInOrder().finally(() => {
    retries = null;
  });
  return retries;
}

async function retryInOrder(): Promise<void> {
  for (const { key, failure } of pending.peek()) {
    if (!failure || (!failure.retryable && failure.status !== 401)) continue;
    await retryEntry(key);
    if (pending.peek().some((entry) => entry.key === key)) return;
  }
}

async function retryEntry(key: number): Promise<void> {
  const failed = pending.peek().find((entry) => entry.key === key && entry.failure);
  if (!failed || owner === null) return;
  const entry: PendingChange = { key, change: failed.change };
  setPending(pending.peek().map((other) => (other === failed ? entry : other)));
  await submit(owner, entry, false);
}

/** Sends the new task of this row again. */
export function retryRow(row: string): void {
  const entry = pending.peek().find((other) => newRowKey(other) === row);
  if (entry) void retryEntry(entry.key);
}

/** Forgets the new task of this row. */
export function discardRow(row: string): void {
  setPending(pending.peek().filter((entry) => newRowKey(entry) !== row));
}

/** Takes over the server's list. */
function setTasks(list: readonly Task[]): void {
  tasks.value = list;
  if (owner !== null) storeLastList(owner, list, Date.now());
}

function setPending(changes: readonly PendingChange[]): void {
  pending.value = changes;
  const added = changes.flatMap(({ change }) => (change.kind === "add" ? [change] : []));
  if (owner !== null) storeUnsavedTasks(owner, added);
}

function removePending(entry: PendingChange): void {
  setPending(pending.peek().filter((other) => other !== entry));
}

/** Tells what happened, with a button that runs `step` to undo it. */
function reportSuccess(change: TaskChange, step: TaskChange | null, undoing: boolean): void {
  const { kind, title } = change;
  if (kind === "restore") announce(taskStrings.restored(title));
  else if (undoing) announce(taskStrings.undone(title));
  else if (kind === "add") announce(taskStrings.added(title));
  else if (kind === "edit") announce(taskStrings.changed(title));
  else if (kind === "delete") offerUndo(taskStrings.deleted(title), step);
  else if (kind === "complete") offerUndo(taskStrings.completed(title, change.completed), step);
}

function offerUndo(text: string, step: TaskChange | null): void {
  notify({
    kind: "done",
    text,
    ...(step === null ? {} : { action: { label: appStrings.undo, run: () => undo(step) } }),
  });
}

function reportFailure(change: Exclude<TaskChange, { kind: "add" }>, error: ApiError, undoing: boolean): void {
  if (error instanceof EditConflictError && change.kind === "edit") {
    reportConflict(change, error.task);
    return;
  }
  if (error.status === 404) {
    revision += 1;
    setTasks(withoutTask(tasks.peek(), change.id));
  }
  const restored = restoreInput(change);
  if (isSignedOut()) return;
  const text = `${taskStrings.failed[change.kind](change.title)} ${error.sentence}`;
  notifyFailure(text, error.retryable && !restored ? () => changeTask(change, undoing) : null);
}

/** Opens the user's edit again beside the task's new text, so that neither is lost. */
function reportConflict({ id, to }: Extract<TaskChange, { kind: "edit" }>, task: Task): void {
  revision += 1;
  setTasks(withTask(tasks.peek(), task));
  drafts.setEdit({ id, title: to.title, notes: to.description ?? "", before: task, conflict: true });
}

function notifyFailure(text: string, retry: (() => unknown) | null): void {
  const failure: Notice = { kind: "failure", text };
  notify(retry === null ? failure : { ...failure, action: { label: appStrings.retry, run: retry } });
}

/** Undoes the newest change that is not undone yet, once the server has responded to all. */
export function undoLast(): void {
  if (running.size > 0) {
    void Promise.all(running).then(undoLast);
    return;
  }
  const step = undoHistory.pop();
  if (step === undefined) return;
  if (notice.peek()?.kind === "done") dismiss();
  void changeTask(step, true);
}

/** Undoes one change, once. */
function undo(step: TaskChange): void {
  if (undoHistory.remove(step)) void changeTask(step, true);
}

/** Puts the user's input back into its field, unless the user is typing something else there. */
function restoreInput(change: TaskChange): boolean {
  if (change.kind === "edit" && drafts.editOf(change.id) === undefined) {
    const { id, from: before, to } = change;
    drafts.setEdit({ id, title: to.title, notes: to.description ?? "", before });
    return true;
  }
  return false;
}

/** After the end of the session the sign-in page appears; a notice would be one message too many. */
function isSignedOut(): boolean {
  return session.peek().kind !== "user";
}
