// Who is signed in, derived from the session query of Better Auth's client. Pure.

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

export type Session =
  /** Not known yet: no page is shown. */
  | { readonly kind: "unknown" }
  /** The server did not respond, and no session was known before. */
  | { readonly kind: "unreachable" }
  /** Nobody is signed in; `why` is the reason. */
  | { readonly kind: "guest"; readonly why: "never" | "expired" | "left" | "deleted" }
  | { readonly kind: "user"; readonly user: User };

/** The part of the client's session query that the app uses. */
export interface SessionQuery {
  readonly data: { readonly user: User } | null;
  readonly error: { readonly status?: number } | null;
  readonly isPending: boolean;
  readonly isRefetching: boolean;
}

/** The session after a change of the query. While the query runs, the session before it stays. */
export function nextSession(before: Session, query: SessionQuery): Session {
  if (query.isPending || query.isRefetching) return before;
  if (query.error && query.error.status !== 401) return before.kind === "unknown" ? { kind: "unreachable" } : before;
  if (query.data && !query.error) return sameUser(before, query.data.user);
  if (before.kind === "guest") return before;
  return { kind: "guest", why: before.kind === "user" ? "expired" : "never" };
}

/** Returns the same object while nothing changed, so that nothing is rendered again. */
function sameUser(before: Session, { id, name, email, emailVerified }: User): Session {
  const user: User = { id, name, email, emailVerified };
  const same = before.kind === "user" && JSON.stringify(before.user) === JSON.stringify(user);
  return same ? before : { kind: "user", user };
}
