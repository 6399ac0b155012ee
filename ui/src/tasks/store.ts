// Changing the tasks of the signed-in user. A change is shown at once, then sent to the server. Without a connection it
// waits and is sent later.

import { type ApiError, toApiError } from "../api/problem";
import type { Task } from "../api/schema";
import { session } from "../auth/currentSession";
import { draftOf, drafts } from "../state/drafts";
import { announce, dismiss, notice } from "../state/notices";
import { taskStrings } from "../strings/firstPage";
import { EditConflictError } from "./edit";
import { reverseOf, UndoHistory, type UndoStep } from "./history";
import { readLastList } from "./lastList";
import { linger } from "./lingering";
import { newRowKey, type PendingChange, type TaskChange, withoutTask, withTask } from "./list";
import { TaskQueue } from "./queue";
import { forgetRefresh, refreshTasks, reloadTasks } from "./refresh";
import { reportFailure, reportSuccess } from "./reports";
import { sendChanges } from "./sendChange";
import { onOtherTab, tellOtherTabs } from "./tabs";
import { list, loadState, newEntry, pending, setPending, setTasks, tasks } from "./taskState";
import { clearUnsavedChanges, readUnsavedChanges } from "./unsavedChanges";

export { followChanges, refreshOnReturn, refreshTasks, reloadTasks, searchTasks } from "./refresh";
export { loadFailure, loadState, taskRows } from "./taskState";

/** The running attempt to send what waits. */
let retries: Promise<void> | null = null;
const queue = new TaskQueue();
const undoHistory = new UndoHistory();
/** The requests that are on their way. */
const running = new Set<Promise<void>>();

onOtherTab((whose) => {
  if (whose === list.user) void reloadTasks();
});

/** Loads this user's tasks; those of another user are forgotten. Without a connection the last list is shown. */
export function openTasks(user: string): void {
  if (list.user !== user) {
    const unsaved = readUnsavedChanges(user);
    const last = session.peek().kind === "unreachable" ? readLastList() : null;
    closeTasks();
    list.user = user;
    loadState.value = last === null ? "loading" : "ready";
    if (last?.owner === user) tasks.value = last.tasks;
    setPending(unsaved.map((change) => newEntry(change)));
    for (const entry of pending.peek()) void submit(user, [entry], false);
  } else void retryUnsaved();
  void refreshTasks();
}

/** Forgets everything at sign-out. */
export function closeTasks(): void {
  list.user = null;
  tasks.value = [];
  pending.value = [];
  queue.clear();
  undoHistory.clear();
  clearUnsavedChanges();
  forgetRefresh();
  retries = null;
}

/** Shows the change at once and sends it; takes it back, with a notice, when it fails. `undoing`: it is an undo step. */
export function changeTask(change: TaskChange, undoing = false): Promise<void> {
  return changeTasks([change], undoing);
}

/** Several changes as one act: one notice, one step to undo. */
export async function changeTasks(changes: readonly TaskChange[], undoing = false): Promise<void> {
  if (list.user === null || changes.length === 0) return;
  const entries = changes.map(newEntry);
  setPending([...pending.peek(), ...entries]);
  for (const change of changes) if (change.kind === "complete") linger(change.id);
  await submit(list.user, entries, undoing);
}

function submit(user: string, entries: readonly PendingChange[], undoing: boolean): Promise<void> {
  const request = sendEntries(user, entries, undoing).finally(() => running.delete(request));
  running.add(request);
  return request;
}

async function sendEntries(user: string, entries: readonly PendingChange[], undoing: boolean): Promise<void> {
  const changes = entries.map(({ change }) => change);
  const before = new Map(tasks.peek().map((task) => [task.id, task]));
  try {
    const after = await sendChanges(user, changes, queue);
    if (list.user !== user) return;
    list.revision += 1;
    setTasks(changes.reduce((all, change, at) => takeOver(all, change, after[at] ?? null), [...tasks.peek()]));
    removePending(entries);
    tellOtherTabs(user);
    const step = undoing ? [] : reversal(changes, before, after);
    if (step.length > 0) undoHistory.push(entries[0]?.key ?? 0, step);
    reportSuccess(changes, step.length > 0 ? () => undo(step) : null, undoing);
  } catch (cause) {
    if (list.user !== user) return;
    const failure = toApiError(cause);
    const [change] = changes;
    if (failure.status === 0 || change?.kind === "add") return keepWaiting(entries, failure);
    removePending(entries);
    handleFailure(changes, failure, undoing);
  }
}

/** The server's list after a change that it has confirmed. */
function takeOver(all: Task[], change: TaskChange, after: Task | null): Task[] {
  if (change.kind === "delete") return withoutTask(all, change.id);
  return after === null ? all : withTask(all, after);
}

function reversal(
  changes: readonly TaskChange[],
  before: ReadonlyMap<number, Task>,
  after: readonly (Task | null)[],
): UndoStep {
  return changes
    .flatMap((change, at) => {
      const former = change.kind === "add" ? undefined : before.get(change.id);
      return reverseOf(change, former, after[at] ?? null) ?? [];
    })
    .reverse();
}

/** The changes stay in the list, to be sent later. */
function keepWaiting(entries: readonly PendingChange[], failure: ApiError): void {
  const keys = entries.map(({ key }) => key);
  setPending(pending.peek().map((entry) => (keys.includes(entry.key) ? { ...entry, failure } : entry)));
  const [first] = entries;
  if (first && !isSignedOut())
    announce(`${taskStrings.failed[first.change.kind](first.change.title)} ${failure.sentence}`);
}

/** Sends the waiting changes again that may succeed now, one after the other, until one fails. */
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
  if (!failed || list.user === null) return;
  const entry: PendingChange = { key, change: failed.change };
  setPending(pending.peek().map((other) => (other === failed ? entry : other)));
  await submit(list.user, [entry], false);
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

function removePending(entries: readonly PendingChange[]): void {
  setPending(pending.peek().filter((other) => !entries.includes(other)));
}

function handleFailure(changes: readonly TaskChange[], error: ApiError, undoing: boolean): void {
  const [change] = changes;
  if (error instanceof EditConflictError && change?.kind === "edit") {
    reopenEdit(change, error.task);
    return;
  }
  if (error.status === 404 && change !== undefined && change.kind !== "add") {
    list.revision += 1;
    setTasks(withoutTask(tasks.peek(), change.id));
  }
  if (changes.length > 1) void reloadTasks();
  const restored = change !== undefined && restoreInput(change);
  if (!isSignedOut()) reportFailure(changes, error, restored ? null : () => changeTasks(changes, undoing));
}

/** Opens the user's edit again beside the task's new text, so that neither is lost. */
function reopenEdit({ id, to }: Extract<TaskChange, { kind: "edit" }>, task: Task): void {
  list.revision += 1;
  setTasks(withTask(tasks.peek(), task));
  drafts.setEdit({ ...draftOf(id, to, task), conflict: true });
}

/** Undoes the newest change that is not undone yet, once the server has responded to all. */
export function undoLast(): void {
  if (running.size > 0) {
    void Promise.all(running).then(undoLast);
    return;
  }
  const waiting = pending.peek().at(-1);
  if (waiting) {
    removePending([waiting]);
    return;
  }
  const step = undoHistory.pop();
  if (step === undefined) return;
  if (notice.peek()?.kind === "done") dismiss();
  void changeTasks(step, true);
}

/** Undoes one act, once. */
function undo(step: UndoStep): void {
  if (undoHistory.remove(step)) void changeTasks(step, true);
}

/** Puts the user's input back into its field, unless the user is typing something else there. */
function restoreInput(change: TaskChange): boolean {
  if (change.kind === "edit" && drafts.editOf(change.id) === undefined) {
    const { id, from: before, to } = change;
    drafts.setEdit(draftOf(id, to, before));
    return true;
  }
  return false;
}

/** After the end of the session the sign-in page appears; a notice would be one message too many. */
function isSignedOut(): boolean {
  return session.peek().kind === "guest";
}
