// The list as it was seen last, for when there is no connection: read only, one user's, gone with the session.

import type { Task } from "../api/schema";

const KEY = "last-list";
/** More than fills anybody's screen, less than the browser's room for it. */
const MOST = 1000;

export interface LastList {
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tasks: readonly Task[];
}

export function keepList(owner: string, tasks: readonly Task[], at: number): void {
  const kept: LastList = { owner, at, tasks: tasks.slice(-MOST) };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // No room, or a browser that keeps nothing: then there is no list without a connection.
  }
}

export function forgetList(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
}

export function lastList(): LastList | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const whole = typeof kept === "object" && kept !== null && "owner" in kept && "at" in kept && "tasks" in kept;
    return whole && Array.isArray(kept.tasks) ? (kept as LastList) : null;
  } catch {
    return null;
  }
}
