// The task list of whoever is signed in: loading it, and changing it at once while the server is told.

import { computed, signal } from "@preact/signals";
import * as api from "../api";
import { session } from "../auth";
import { drafts } from "../drafts";
import { keepList } from "../lastList";
import { announce, type Notice, notice, notify } from "../notices";
import { asProblem, type Problem } from "../problem";
import { strings } from "../strings";
import type { Task } from "../wire";
import { type Change, type Pending, rows, withoutTask, withTask } from "./list";
import { onOtherTab, tellOtherTabs } from "./tabs";

type Loading = "loading" | "ready" | "failed";

const tasks = signal<readonly Task[]>([]);
const pending = signal<readonly Pending[]>([]);
export const loading = signal<Loading>("loading");
export const shown = computed(() => rows(tasks.value, pending.value));

let owner: string | null = null;
let lastKey = 0;
/** Counts the server's answers to changes: a list that was asked for before one of them is out of date. */
let revision = 0;
/** The last request for each task: requests for the same task wait for each other. */
const queues = new Map<number, Promise<void>>();

onOtherTab((whose) => {
  if (whose === owner) void refreshTasks();
});

/** Starts with this user's tasks; somebody else's are forgotten. */
export function openTasks(user: string): void {
  if (owner !== user) {
    closeTasks();
    owner = user;
    loading.value = "loading";
  }
  void refreshTasks();
}

/** Forgets everything, when somebody signs out. */
export function closeTasks(): void {
  owner = null;
  tasks.value = [];
  pending.value = [];
  queues.clear();
}

export async function refreshTasks(): Promise<void> {
  const user = owner;
  if (user === null) return;
  if (loading.peek() === "failed") loading.value = "loading";
  try {
    const asked = revision;
    const list = await api.listTasks(user);
    if (owner !== user) return;
    if (asked !== revision) return await refreshTasks();
    now(list);
    loading.value = "ready";
  } catch (cause) {
    if (owner === user) refreshFailed(asProblem(cause));
  }
}

function refreshFailed(problem: Problem): void {
  if (signedOut()) return;
  if (loading.peek() !== "ready") loading.value = "failed";
  else failed(`${strings.tasks.refreshFailed} ${problem.sentence}`, refreshTasks);
}

/** Shows the change now and tells the server; takes it back, with a notice, when the server refuses. */
export async function change(wanted: Change): Promise<void> {
  const user = owner;
  if (user === null) return;
  lastKey += 1;
  const entry: Pending = { key: lastKey, change: wanted };
  const before = wanted.kind === "delete" ? tasks.peek().find((task) => task.id === wanted.id) : undefined;
  pending.value = [...pending.peek(), entry];
  try {
    const apply = await inTurn(wanted, () => tell(user, wanted));
    if (owner !== user) return;
    revision += 1;
    now(apply(tasks.peek()));
    finish(entry);
    tellOtherTabs(user);
    done(wanted, before);
  } catch (cause) {
    if (owner !== user) return;
    finish(entry);
    refused(wanted, asProblem(cause));
  }
}

/** What the server says the list is. */
function now(list: readonly Task[]): void {
  tasks.value = list;
  if (owner !== null) keepList(owner, list, Date.now());
}

function finish(entry: Pending): void {
  pending.value = pending.peek().filter((other) => other !== entry);
}

type Apply = (tasks: readonly Task[]) => readonly Task[];

async function tell(user: string, wanted: Change): Promise<Apply> {
  if (wanted.kind === "delete") {
    await api.deleteTask(user, wanted.id);
    return (list) => withoutTask(list, wanted.id);
  }
  const task = await answeredTask(user, wanted);
  return (list) => withTask(list, task);
}

function answeredTask(user: string, wanted: Exclude<Change, { kind: "delete" }>): Promise<Task> {
  switch (wanted.kind) {
    case "add":
      return api.addTask(user, wanted.title);
    case "complete":
      return api.completeTask(user, wanted.id, wanted.completed);
    case "edit":
      return api.editTask(user, wanted.id, wanted.to);
    case "restore":
      return api.restoreTask(user, wanted.id);
  }
}

function inTurn<T>(wanted: Change, run: () => Promise<T>): Promise<T> {
  if (wanted.kind === "add") return run();
  const before = queues.get(wanted.id) ?? Promise.resolve();
  const result = before.then(run);
  const settled = result.then(
    () => undefined,
    () => undefined,
  );
  queues.set(wanted.id, settled);
  void settled.then(() => {
    if (queues.get(wanted.id) === settled) queues.delete(wanted.id);
  });
  return result;
}

function done(wanted: Change, before: Task | undefined): void {
  if (wanted.kind === "add") announce(strings.tasks.added(wanted.title));
  if (wanted.kind === "restore") announce(strings.tasks.restored(wanted.title));
  if (wanted.kind !== "delete") return;
  const text = strings.tasks.deleted(wanted.title);
  const back = before && (() => change({ kind: "restore", id: wanted.id, title: wanted.title, task: before }));
  notify({ kind: "done", text, ...(back ? { action: { label: strings.undo, run: back } } : {}) });
}

function refused(wanted: Change, problem: Problem): void {
  if (problem.status === 404 && wanted.kind !== "add") {
    revision += 1;
    now(withoutTask(tasks.peek(), wanted.id));
  }
  const kept = keepTyped(wanted, problem);
  if (signedOut()) return;
  const text = `${strings.tasks.failed[wanted.kind](wanted.title)} ${problem.sentence}`;
  failed(text, problem.passing && !kept ? () => change(wanted) : null);
}

function failed(text: string, again: (() => unknown) | null): void {
  const told: Notice = { kind: "failure", text };
  notify(again === null ? told : { ...told, action: { label: strings.retry, run: again } });
}

/** Does what the notice offers, if it offers to undo something. */
export function undoLast(): void {
  const offered = notice.peek();
  if (offered?.kind !== "done" || offered.action === undefined) return;
  notice.value = null;
  offered.action.run();
}

/** Puts what was typed back where it was typed, unless something else is being typed there. */
function keepTyped(wanted: Change, problem: Problem): boolean {
  if (wanted.kind === "add" && drafts.newTask.peek() === "") {
    drafts.newTask.value = wanted.title;
    return true;
  }
  if (wanted.kind === "edit" && problem.status !== 404 && drafts.editing.peek() === null) {
    drafts.editing.value = { id: wanted.id, title: wanted.to.title, notes: wanted.to.description ?? "" };
    return true;
  }
  return false;
}

/** The sign-in page is the answer then; no notice has to say so too. */
function signedOut(): boolean {
  return session.peek().kind !== "user";
}
