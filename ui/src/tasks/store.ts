// Changing the tasks of the signed-in user. A change is shown at once, then sent to the server. Without a connection it
// waits and is sent later.

import { type ApiError, toApiError } from "../api/problem";
import type { RecordedWrite } from "../api/recordedWrite";
import type { Task } from "../api/schema";
import { session } from "../auth/currentSession";
import { draftOf, drafts } from "../state/drafts";
import { announce, dismiss, notice } from "../state/notices";
import { taskStrings } from "../strings/firstPage";
import { EditConflictError } from "./edit";
import { reverseOf, UndoHistory } from "./history";
import { readLastList } from "./lastList";
import { linger } from "./lingering";
import {
  newRowKey,
  type PendingChange,
  type TaskChange,
  type UndoChange,
  withoutTask,
  withTask,
  withWrite,
} from "./list";
import { forgetLists } from "./lists";
import { TaskQueue } from "./queue";
import { followChanges, forgetRefresh, noteOwnChanges, refreshOnReturn, refreshTasks, reloadTasks } from "./refresh";
import { dismissOlderUndo, reportFailure, reportSuccess, reportUndone } from "./reports";
import { type SentChanges, sendChanges } from "./sendChange";
import { onOtherTab, tellOtherTabs } from "./tabs";
import { list, loadState, newEntry, pending, setPending, setTasks, tasks } from "./taskState";
import { clearUnsavedChanges, takeUnsavedChanges } from "./unsavedChanges";

export { followChanges, refreshOnReturn, refreshTasks, reloadTasks, searchTasks } from "./refresh";
export { loadFailure, loadState, taskRows } from "./taskState";

/** The running attempt to send what waits. */
let retries: Promise<void> | null = null;
const queue = new TaskQueue();
const undoHistory = new UndoHistory();
/** What was undone, to do it again. */
const redoHistory = new UndoHistory();
/** The requests that are on their way. */
const running = new Set<Promise<void>>();

onOtherTab((whose) => {
  if (whose === list.user) void reloadTasks();
});

/** Loads this user's tasks; those of another user are forgotten. Without a connection the last list is shown. */
export function openTasks(user: string): void {
  if (list.user !== user) {
    const last = session.peek().kind === "unreachable" ? readLastList() : null;
    forgetTasks();
    list.user = user;
    loadState.value = last === null ? "loading" : "ready";
    if (last?.owner.id === user) tasks.value = last.tasks;
    const loaded = refreshTasks();
    takeUnsavedChanges(user, (changes) => {
      if (list.user !== user) return false;
      const entries = changes.map(newEntry);
      setPending([...pending.peek(), ...entries]);
      // Some of them may have arrived before the page was left: the list says which.
      void loaded.then(async () => {
        for (const entry of entries) if (list.user === user) await submit(user, [entry]);
      });
      return true;
    });
  } else {
    void retryUnsaved();
    void refreshOnReturn();
  }
}

/** Forgets everything at sign-out. */
export function closeTasks(): void {
  if (list.user !== null) clearUnsavedChanges(list.user);
  forgetTasks();
}

function forgetTasks(): void {
  list.user = null;
  tasks.value = [];
  pending.value = [];
  for (const kept of [queue, undoHistory, redoHistory]) kept.clear();
  forgetLists();
  forgetRefresh();
  retries = null;
}

/** Shows the change at once and sends it; takes it back, with a notice, when it fails. */
export function changeTask(change: TaskChange): Promise<void> {
  return changeTasks([change]);
}

/** Several changes as one act: one notice, one step to undo. */
export async function changeTasks(changes: readonly TaskChange[]): Promise<void> {
  if (list.user === null || changes.length === 0) return;
  dismissOlderUndo(changes);
  const entries = changes.map(newEntry);
  setPending([...pending.peek(), ...entries]);
  for (const change of changes) if (change.kind === "complete") linger(change.id);
  await submit(list.user, entries);
}

function submit(user: string, entries: readonly PendingChange[]): Promise<void> {
  const request = sendEntries(user, entries).finally(() => running.delete(request));
  running.add(request);
  return request;
}

async function sendEntries(user: string, entries: readonly PendingChange[]): Promise<void> {
  const changes = entries.map(({ change }) => change);
  const before = tasks.peek();
  try {
    const accept = (write: RecordedWrite) => {
      if (list.user !== user) return;
      list.revision += 1;
      setTasks(withWrite(tasks.peek(), write));
      // What the response does not tell is asked for.
      if (!concernsSteps(changes) && !isUntold(changes)) noteOwnChanges(write.changes);
    };
    const sent = await sendChanges(user, changes, queue, accept);
    if (list.user !== user) return;
    accept(sent);
    removePending(entries);
    tellOtherTabs(user);
    report(entries[0]?.key ?? 0, changes, before, sent);
    if (sent.partial || isUntold(changes)) void reloadTasks();
    else if (concernsSteps(changes)) void followChanges();
  } catch (cause) {
    if (list.user !== user) return;
    const failure = toApiError(cause);
    const [change] = changes;
    if (failure.status === 0 || change?.kind === "add") return keepWaiting(entries, failure);
    removePending(entries);
    handleFailure(changes, failure);
  }
}

/** Tells what was done, and keeps what undoes it. */
function report(key: number, changes: readonly TaskChange[], before: readonly Task[], sent: SentChanges): void {
  const [first] = changes;
  const step = undoOf(changes, before, sent);
  if (step !== null) (step.again ? redoHistory : undoHistory).push(key, step);
  if (first?.kind === "undo") reportUndone(first, sent.kept ?? []);
  else {
    redoHistory.clear();
    reportSuccess(changes, sent.tasks, sent.kept ?? [], step && (() => undo(step)));
  }
}

/** What undoes an act by the numbers of its changes; null if it changed nothing. */
function undoOf(changes: readonly TaskChange[], before: readonly Task[], sent: SentChanges): UndoChange | null {
  const [first] = changes;
  if (first === undefined || sent.changes.length === 0) return null;
  const shown = reverseOf(changes, before, sent.tasks);
  const step = { kind: "undo", title: first.title, changes: sent.changes, shown } as const;
  if (first.kind === "undo") return { ...step, of: first.of, count: first.count, again: !first.again };
  return { ...step, of: first.kind, count: changes.length, again: false };
}

/** A task that is completed or deleted takes its steps with it, of which the response says nothing. */
function concernsSteps(changes: readonly TaskChange[]): boolean {
  const ids = new Set(changes.flatMap((change) => (change.kind === "complete" ? change.id : [])));
  return ids.size > 0 && tasks.peek().some(({ parent }) => parent && ids.has(parent));
}

/** The response to an undo says nothing of lists, and this page does not know what the act of another part changed. */
function isUntold([first]: readonly TaskChange[]): boolean {
  return first?.kind === "undo" && first.shown.length === 0;
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
  await submit(list.user, [entry]);
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

function handleFailure(changes: readonly TaskChange[], error: ApiError): void {
  const [change] = changes;
  if (error instanceof EditConflictError && change?.kind === "edit") {
    reopenEdit(change, error.task);
    return;
  }
  if (error.status === 404 && change !== undefined && "id" in change) {
    list.revision += 1;
    setTasks(withoutTask(tasks.peek(), change.id));
  }
  if (changes.length > 1 || change?.kind === "undo" || change?.kind === "move") void reloadTasks();
  const restored = change !== undefined && restoreInput(change);
  if (!isSignedOut()) reportFailure(changes, error, restored ? null : () => changeTasks(changes));
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
  void changeTask(step);
}

/** Does again what was undone last. */
export function redoLast(): void {
  if (running.size > 0) {
    void Promise.all(running).then(redoLast);
    return;
  }
  const step = redoHistory.pop();
  if (step !== undefined) void changeTask(step);
}

/** Takes over an act on tasks or lists that the server has done, as a step to undo; returns what undoes it. */
export function recordAct(title: string, changes: readonly number[], count = 1): () => void {
  const step = { kind: "undo", title, changes, of: "edit", again: false, count, shown: [] } as const;
  undoHistory.push(newEntry(step).key, step);
  redoHistory.clear();
  void reloadTasks();
  if (list.user !== null) tellOtherTabs(list.user);
  return () => undo(step);
}

/** Undoes one act, once. */
function undo(step: UndoChange): void {
  if (undoHistory.remove(step)) void changeTask(step);
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
