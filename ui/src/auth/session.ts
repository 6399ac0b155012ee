// Who is signed in, as Better Auth's client's session query tells it. Pure.

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

export type Session =
  /** Not known yet: show no page. */
  | { readonly kind: "unknown" }
  /** The server did not answer, and nobody was known before. */
  | { readonly kind: "unreachable" }
  /** Nobody. `why` says how it came to that. */
  | { readonly kind: "guest"; readonly why: "never" | "expired" | "left" }
  | { readonly kind: "user"; readonly user: User };

/** The state of the client's session query, as far as we look at it. */
export interface SessionQuery {
  readonly data: { readonly user: User } | null;
  readonly error: { readonly status?: number } | null;
  readonly isPending: boolean;
  readonly isRefetching: boolean;
}

/** What is known after a change of the query. While it is under way, what was known before stays. */
export function settle(before: Session, query: SessionQuery): Session {
  if (query.isPending || query.isRefetching) return before;
  if (query.error && query.error.status !== 401) return before.kind === "unknown" ? { kind: "unreachable" } : before;
  if (query.data && !query.error) return sameUser(before, query.data.user);
  if (before.kind === "guest") return before;
  return { kind: "guest", why: before.kind === "user" ? "expired" : "never" };
}

/** Keeps the object while nothing changed, so that nothing is drawn again. */
function sameUser(before: Session, { id, name, email, emailVerified }: User): Session {
  const user: User = { id, name, email, emailVerified };
  const same = before.kind === "user" && JSON.stringify(before.user) === JSON.stringify(user);
  return same ? before : { kind: "user", user };
}
