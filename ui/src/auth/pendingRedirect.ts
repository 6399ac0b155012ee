// Where somebody was going who has forgotten their password: kept here while the mail is under way, not in its link,
// which may be opened anywhere and asked for by anybody.

const KEY = "detour";
/** As long as the link works. */
const MOST_MS = 3_600_000;

/** Keeps the query of the sign-in page; an empty one forgets the one before. */
export function keepDetour(search: string, now: number): void {
  try {
    if (search === "") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ search, at: now }));
  } catch {
    // A browser that keeps nothing: then the way ends at the list.
  }
}

/** The query of the sign-in page as it was kept within the hour; empty if there is none. */
export function detour(now: number): string {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const whole = typeof kept === "object" && kept !== null && "search" in kept && "at" in kept;
    if (!whole || typeof kept.search !== "string" || typeof kept.at !== "number") return "";
    return kept.search.startsWith("?") && now - kept.at < MOST_MS ? kept.search : "";
  } catch {
    return "";
  }
}
