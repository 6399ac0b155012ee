// Where a user was going who resets a forgotten password. It is stored in this browser while the mail is on its way
// and not in the mail's link, because anyone can request that mail and open the link anywhere.

import { readJsonItem, storeItem } from "../browser/storage";

const KEY = "detour";
/** As long as the link in the mail works. */
const MAX_AGE_MS = 3_600_000;

/** Stores the query of the sign-in page; an empty one removes the stored one. */
export function storePendingRedirect(search: string, now: number): void {
  storeItem(KEY, search === "" ? null : JSON.stringify({ search, at: now }));
}

/** The query of the sign-in page that was stored within the last hour; empty without one. */
export function readPendingRedirect(now: number): string {
  const stored = readJsonItem(KEY);
  const complete = typeof stored === "object" && stored !== null && "search" in stored && "at" in stored;
  if (!complete || typeof stored.search !== "string" || typeof stored.at !== "number") return "";
  return stored.search.startsWith("?") && now - stored.at < MAX_AGE_MS ? stored.search : "";
}
