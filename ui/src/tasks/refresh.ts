// Loads the task list and keeps it up to date with what others change.

import * as api from "../api/operations";
import { type ApiError, toApiError } from "../api/problem";
import type { Task, TaskFilter } from "../api/schema";
import { session } from "../auth/currentSession";
import { dismiss, type Notice, notice } from "../state/notices";
import { taskStrings } from "../strings/firstPage";
import { inOrder, withTask, withWrite } from "./list";
import { listNamed, refreshLists } from "./lists";
import { notifyFailure } from "./reports";
import { list, loadFailure, loadState, pending, setTasks, tasks } from "./taskState";

/** A list that was brought up to date this recently is not asked for again when the window gets the focus. */
const FRESH_MS = 10_000;

/** The running request for the list. */
let refresh: Promise<void> | null = null;
/** The running request for changes. */
let following: Promise<void> | null = null;
/** The request that begins when that one has ended. */
let next: Promise<void> | null = null;
/** When the list was brought up to date last, in milliseconds since 1970. */
let freshAt = 0;
/** The number of the last change that the list has. */
let version = 0;
/** The notice that the list could not be brought up to date. */
let told: Notice | null = null;

export function forgetRefresh(): void {
  refresh = null;
  following = null;
  next = null;
  freshAt = 0;
  version = 0;
}

/** The list has these changes of this page, if it had all before them. */
export function noteOwnChanges(changes: readonly number[]): void {
  for (const change of changes) if (change === version + 1) version = change;
}

/** Loads the list; callers during a running request share it. */
export function refreshTasks(): Promise<void> {
  const { user } = list;
  if (user === null) return Promise.resolve();
  if (loadState.peek() === "failed") loadState.value = "loading";
  refresh ??= fetchTasks(user);
  return refresh;
}

/** Brings the list up to date after a change elsewhere; the response to a running request is out of date. */
export function reloadTasks(): Promise<void> {
  list.revision += 1;
  if (loadState.peek() !== "ready") return refreshTasks();
  next ??= followNext(list.user);
  return next;
}

async function followNext(user: string | null): Promise<void> {
  await following;
  if (list.user !== user) return;
  next = null;
  await follow(user, refreshTasks);
}

/** Brings the list up to date when the user comes back, unless that was just done. */
export async function refreshOnReturn(): Promise<void> {
  if (loadState.peek() !== "ready") return refreshTasks();
  if (Date.now() - freshAt >= FRESH_MS) await followChanges();
}

async function fetchTasks(user: string): Promise<void> {
  try {
    const requested = list.revision;
    let loaded = 0;
    const showNewest = (newest: Task[]) => {
      if (list.user !== user || requested !== list.revision || loadState.peek() !== "loading") return;
      tasks.value = inOrder(newest);
      loadState.value = "partial";
    };
    const all = await api.listTasks(user, showNewest, (found) => {
      loaded = found;
    });
    if (list.user !== user) return;
    if (requested !== list.revision) return await fetchTasks(user);
    setTasks(all);
    noteFresh();
    version = loaded;
    loadState.value = "ready";
  } catch (cause) {
    if (list.user === user) reportRefreshFailure(toApiError(cause));
  } finally {
    if (list.user === user) refresh = null;
  }
}

/** Asks for what others changed, unless own changes are on their way. A failure is told when the user asks for something. */
export function followChanges(): Promise<void> {
  const { user } = list;
  if (user === null || loadState.peek() !== "ready" || refresh !== null || pending.peek().length > 0) {
    return Promise.resolve();
  }
  return follow(user, () => undefined);
}

function follow(user: string | null, onFailure: () => Promise<void> | undefined): Promise<void> {
  following ??= takeChanges(user)
    .catch(onFailure)
    .finally(() => {
      if (list.user === user) following = null;
    });
  return following;
}

async function takeChanges(user: string | null): Promise<void> {
  if (user === null) return;
  const { revision } = list;
  const changes = await api.listChanges(user, version);
  // Otherwise the next request tells the same again.
  if (list.user !== user || list.revision !== revision) return;
  if (changes.reload) return refreshTasks();
  version = changes.version;
  noteFresh();
  const { tasks: changed, deleted, listsChanged } = changes;
  if (changed.length + deleted.length > 0) setTasks(withWrite(tasks.peek(), { tasks: changed, deleted, changes: [] }));
  if (listsChanged) await takeLists();
}

/** A list that has another name now has it in its tasks too. */
async function takeLists(): Promise<void> {
  await refreshLists();
  if (tasks.peek().some(({ list: name }) => name && !listNamed(name))) await refreshTasks();
}

/** Searches on the server while the list is only partly loaded. */
export async function searchTasks(filter: TaskFilter): Promise<void> {
  const { user, revision } = list;
  if (user === null) return;
  // A failure does no harm: the whole list is on its way.
  const found = await api.findTasks(user, filter).catch(() => []);
  if (list.user !== user || revision !== list.revision || loadState.peek() !== "partial") return;
  tasks.value = found.reduce(withTask, [...tasks.peek()]);
}

function reportRefreshFailure(error: ApiError): void {
  if (session.peek().kind !== "user") return;
  loadFailure.value = error;
  if (loadState.peek() === "loading") loadState.value = "failed";
  else told = notifyFailure(`${taskStrings.refreshFailed} ${error.sentence}`, refreshTasks);
}

/** The list is up to date now: that it was not is no news any more. */
function noteFresh(): void {
  freshAt = Date.now();
  if (told !== null && notice.peek() === told) dismiss();
  told = null;
}
