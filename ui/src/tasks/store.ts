// The task list of whoever is signed in: loading it, and changing it at once while the server is told.

import { computed, signal } from "@preact/signals";
import * as api from "../api/operations";
import { asProblem, type Problem } from "../api/problem";
import { newKey } from "../api/request";
import type { Task } from "../api/schema";
import { session } from "../auth/client";
import { drafts } from "../state/drafts";
import { announce, type Notice, notice, notify } from "../state/notices";
import { appStrings, taskStrings } from "../strings/firstPage";
import { Overtaken, saveWords } from "./edit";
import { keepList } from "./lastList";
import { type Change, type Pending, rows, type Wanted, withoutTask, withTask } from "./list";
import { onOtherTab, tellOtherTabs } from "./tabs";

/** `partial`: some are there, the others are on their way. */
type Loading = "loading" | "partial" | "ready" | "failed";

const tasks = signal<readonly Task[]>([]);
const pending = signal<readonly Pending[]>([]);
export const loading = signal<Loading>("loading");
export const shown = computed(() => rows(tasks.value, pending.value));

let owner: string | null = null;
let lastKey = 0;
/** Counts the server's answers to changes: a list that was asked for before one of them is out of date. */
let revision = 0;
/** The request for the list that is under way. */
let asking: Promise<void> | null = null;
/** The keys of tasks whose adding got no answer: added once more, each is the same task. */
const unanswered = new Map<string, string>();
/** The last request for each task: requests for the same task wait for each other. */
const queues = new Map<number, Promise<void>>();

onOtherTab((whose) => {
  if (whose === owner) void tasksChanged();
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
  unanswered.clear();
  asking = null;
}

/** Asks for the list; whoever asks while an answer is under way gets that one. */
export function refreshTasks(): Promise<void> {
  const user = owner;
  if (user === null) return Promise.resolve();
  if (loading.peek() === "failed") loading.value = "loading";
  asking ??= ask(user);
  return asking;
}

/** The same after something else has changed it: an answer that is under way is out of date. */
export function tasksChanged(): Promise<void> {
  revision += 1;
  return refreshTasks();
}

async function ask(user: string): Promise<void> {
  try {
    const asked = revision;
    const list = await api.listTasks(user, (newest) => {
      if (owner !== user || asked !== revision || loading.peek() !== "loading") return;
      tasks.value = newest;
      loading.value = "partial";
    });
    if (owner !== user) return;
    if (asked !== revision) return await ask(user);
    now(list);
    loading.value = "ready";
  } catch (cause) {
    if (owner === user) refreshFailed(asProblem(cause));
  } finally {
    if (owner === user) asking = null;
  }
}

/** What is looked for in a list that is not all there: the server knows. */
export async function seekTasks(wanted: Wanted): Promise<void> {
  const user = owner;
  const asked = revision;
  if (user === null) return;
  // If it cannot tell, the whole list will.
  const found = await api.findTasks(user, wanted).catch(() => []);
  if (owner !== user || asked !== revision || loading.peek() !== "partial") return;
  tasks.value = found.reduce(withTask, tasks.peek());
}

function refreshFailed(problem: Problem): void {
  if (signedOut()) return;
  if (loading.peek() === "loading") loading.value = "failed";
  else failed(`${taskStrings.refreshFailed} ${problem.sentence}`, refreshTasks);
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
      return added(user, wanted.title);
    case "complete":
      return api.completeTask(user, wanted.id, wanted.completed);
    case "edit":
      return saveWords(user, wanted.id, wanted.from, wanted.to);
    case "restore":
      return api.restoreTask(user, wanted.id);
  }
}

async function added(user: string, title: string): Promise<Task> {
  const key = unanswered.get(title) ?? newKey();
  unanswered.set(title, key);
  const task = await api.addTask(user, title, key);
  unanswered.delete(title);
  return task;
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
  if (wanted.kind === "add") announce(taskStrings.added(wanted.title));
  if (wanted.kind === "restore") announce(taskStrings.restored(wanted.title));
  if (wanted.kind !== "delete") return;
  const text = taskStrings.deleted(wanted.title);
  const back = before && (() => change({ kind: "restore", id: wanted.id, title: wanted.title, task: before }));
  notify({ kind: "done", text, ...(back ? { action: { label: appStrings.undo, run: back } } : {}) });
}

function refused(wanted: Change, problem: Problem): void {
  if (problem instanceof Overtaken && wanted.kind === "edit") {
    overtaken(wanted, problem.task);
    return;
  }
  if (problem.status === 404 && wanted.kind !== "add") {
    revision += 1;
    now(withoutTask(tasks.peek(), wanted.id));
  }
  const kept = keepTyped(wanted, problem);
  if (signedOut()) return;
  const text = `${taskStrings.failed[wanted.kind](wanted.title)} ${problem.sentence}`;
  failed(text, problem.passing && !kept ? () => change(wanted) : null);
}

/** What was typed is there again, next to what the task says now; nobody's words are lost. */
function overtaken({ id, to }: Extract<Change, { kind: "edit" }>, task: Task): void {
  revision += 1;
  now(withTask(tasks.peek(), task));
  const open = () => {
    drafts.editing.value = { id, title: to.title, notes: to.description ?? "", before: task, overtaken: true };
  };
  const text = taskStrings.overtaken(to.title);
  if (drafts.editing.peek() === null) open();
  else notify({ kind: "failure", text, action: { label: taskStrings.show, run: open } });
}

function failed(text: string, again: (() => unknown) | null): void {
  const told: Notice = { kind: "failure", text };
  notify(again === null ? told : { ...told, action: { label: appStrings.retry, run: again } });
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
    const { id, from: before, to } = wanted;
    drafts.editing.value = { id, title: to.title, notes: to.description ?? "", before };
    return true;
  }
  return false;
}

/** The sign-in page is the answer then; no notice has to say so too. */
function signedOut(): boolean {
  return session.peek().kind !== "user";
}
