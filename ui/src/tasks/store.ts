// The task list of whoever is signed in: loading it, and changing it at once while the server is told.

import { computed, signal } from "@preact/signals";
import * as api from "../api";
import { session } from "../auth";
import { drafts } from "../drafts";
import { announce, type Notice, notify } from "../notices";
import { Problem } from "../problem";
import { strings } from "../strings";
import type { Task } from "../wire";
import { type Change, type Pending, rows, withoutTask, withTask } from "./list";

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
    tasks.value = list;
    loading.value = "ready";
  } catch (cause) {
    if (owner === user) refreshFailed(asProblem(cause));
  }
}

function refreshFailed(problem: Problem): void {
  if (signedOut()) return;
  if (loading.peek() !== "ready") loading.value = "failed";
  else notify({ text: `${strings.tasks.refreshFailed} ${problem.sentence}`, retry: refreshTasks });
}

/** Shows the change now and tells the server; takes it back, with a notice, when the server refuses. */
export async function change(wanted: Change): Promise<void> {
  const user = owner;
  if (user === null) return;
  lastKey += 1;
  const entry: Pending = { key: lastKey, change: wanted };
  pending.value = [...pending.peek(), entry];
  try {
    const apply = await inTurn(wanted, () => tell(user, wanted));
    if (owner !== user) return;
    revision += 1;
    tasks.value = apply(tasks.peek());
    finish(entry);
    announceDone(wanted);
  } catch (cause) {
    if (owner !== user) return;
    finish(entry);
    refused(wanted, asProblem(cause));
  }
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
    case "rename":
      return api.renameTask(user, wanted.id, wanted.to);
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

function announceDone(done: Change): void {
  if (done.kind === "add") announce(strings.tasks.added(done.title));
  if (done.kind === "delete") announce(strings.tasks.deleted(done.title));
}

function refused(wanted: Change, problem: Problem): void {
  if (problem.status === 404 && wanted.kind !== "add") {
    revision += 1;
    tasks.value = withoutTask(tasks.peek(), wanted.id);
  }
  const kept = keepTyped(wanted, problem);
  if (signedOut()) return;
  const notice: Notice = { text: `${strings.tasks.failed[wanted.kind](wanted.title)} ${problem.sentence}` };
  notify(problem.passing && !kept ? { ...notice, retry: () => change(wanted) } : notice);
}

/** Puts what was typed back where it was typed, unless something else is being typed there. */
function keepTyped(wanted: Change, problem: Problem): boolean {
  if (wanted.kind === "add" && drafts.newTask.peek() === "") {
    drafts.newTask.value = wanted.title;
    return true;
  }
  if (wanted.kind === "rename" && problem.status !== 404 && drafts.renaming.peek() === null) {
    drafts.renaming.value = { id: wanted.id, title: wanted.to };
    return true;
  }
  return false;
}

/** The sign-in page is the answer then; no notice has to say so too. */
function signedOut(): boolean {
  return session.peek().kind !== "user";
}

function asProblem(cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem(500, "unexpected");
}
