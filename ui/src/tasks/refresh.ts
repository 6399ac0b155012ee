// Loads the task list and keeps it up to date with what others change.

import * as api from "../api/operations";
import { type ApiError, toApiError } from "../api/problem";
import type { TaskFilter } from "../api/schema";
import { session } from "../auth/currentSession";
import { taskStrings } from "../strings/firstPage";
import { withTask } from "./list";
import { notifyFailure } from "./reports";
import { list, loadFailure, loadState, pending, setTasks, tasks } from "./taskState";

/** A list that was loaded this recently is not loaded again when the window gets the focus. */
const FRESH_MS = 10_000;
/** Up to this many tasks the whole list is no more than its changes. */
const SMALL_LIST = 50;

/** The running request for the list. */
let refresh: Promise<void> | null = null;
/** When the whole list was loaded last, in milliseconds since 1970. */
let loadedAt = 0;

export function forgetRefresh(): void {
  refresh = null;
  loadedAt = 0;
}

/** Loads the list; callers during a running request share it. */
export function refreshTasks(): Promise<void> {
  const { user } = list;
  if (user === null) return Promise.resolve();
  if (loadState.peek() === "failed") loadState.value = "loading";
  refresh ??= fetchTasks(user);
  return refresh;
}

/** Loads the list after a change elsewhere; the response to a running request is out of date. */
export function reloadTasks(): Promise<void> {
  list.revision += 1;
  return refreshTasks();
}

/** Loads the list when the user comes back, unless it was just loaded. */
export function refreshOnReturn(): Promise<void> {
  return Date.now() - loadedAt < FRESH_MS ? followChanges() : refreshTasks();
}

async function fetchTasks(user: string): Promise<void> {
  try {
    const requested = list.revision;
    const all = await api.listTasks(user, (newest) => {
      if (list.user !== user || requested !== list.revision || loadState.peek() !== "loading") return;
      tasks.value = newest;
      loadState.value = "partial";
    });
    if (list.user !== user) return;
    if (requested !== list.revision) return await fetchTasks(user);
    setTasks(all);
    loadedAt = Date.now();
    loadState.value = "ready";
  } catch (cause) {
    if (list.user === user) reportRefreshFailure(toApiError(cause));
  } finally {
    if (list.user === user) refresh = null;
  }
}

/** Asks for what others changed since the newest change that is known; a short list is loaded as a whole. */
export async function followChanges(): Promise<void> {
  const { user, revision } = list;
  if (user === null || loadState.peek() !== "ready" || refresh !== null || pending.peek().length > 0) return;
  const known = tasks.peek();
  const newest = known.reduce((latest, { updated_at: at }) => (at > latest ? at : latest), "");
  // A failure is told when the user asks for something.
  const request = known.length <= SMALL_LIST ? api.listTasks(user, () => undefined) : api.listChanges(user, newest);
  const found = await request.catch(() => null);
  if (found === null || list.user !== user || list.revision !== revision || pending.peek().length > 0) return;
  if (known.length <= SMALL_LIST) setTasks(found);
  else if (found.length === api.CHANGES_PAGE) await reloadTasks();
  else setTasks(found.reduce(withTask, known));
}

/** Searches on the server while the list is only partly loaded. */
export async function searchTasks(filter: TaskFilter): Promise<void> {
  const { user, revision } = list;
  if (user === null) return;
  // A failure does no harm: the whole list is on its way.
  const found = await api.findTasks(user, filter).catch(() => []);
  if (list.user !== user || revision !== list.revision || loadState.peek() !== "partial") return;
  tasks.value = found.reduce(withTask, tasks.peek());
}

function reportRefreshFailure(error: ApiError): void {
  if (session.peek().kind !== "user") return;
  loadFailure.value = error;
  if (loadState.peek() === "loading") loadState.value = "failed";
  else notifyFailure(`${taskStrings.refreshFailed} ${error.sentence}`, refreshTasks);
}
