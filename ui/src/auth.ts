// Sign-up, sign-in, sign-out, session and access token, by Better Auth's own client on our own origin.

import { signal } from "@preact/signals";
import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { drafts } from "./drafts";
import { explain, type Refusal } from "./refusal";
import { type Session, settle } from "./session";
import { strings } from "./strings";
import { TokenHolder } from "./token";

/** The header in which the answer to get-session brings an access token along. */
const TOKEN_HEADER = "set-auth-jwt";

const client = createAuthClient({
  plugins: [jwtClient()],
  fetchOptions: {
    onSuccess: ({ response }) => {
      const token = response.headers.get(TOKEN_HEADER);
      if (token) accessToken.put(token);
    },
  },
});

/** The session could not be turned into an access token. */
export class NoToken extends Error {
  constructor(readonly status: number) {
    super("no access token");
  }
}

export const accessToken = new TokenHolder(async () => {
  const { data, error } = await client.token();
  if (error) throw new NoToken(error.status);
  return data.token;
}, Date.now);

export const session = signal<Session>({ kind: "unknown" });

/** Asks who is signed in, and keeps asking: on focus, and when another tab signs out. */
export function watchSession(): void {
  client.useSession.subscribe((query) => become(settle(session.peek(), query)));
}

/** Asks again and waits for the answer. */
export async function reloadSession(): Promise<Session> {
  await client.useSession.get().refetch();
  // Something else (another tab, the window's focus) may have replaced that request by a newer one.
  if (client.useSession.get().isRefetching) {
    await new Promise<void>((resolve) => {
      const stop = client.useSession.listen(({ isRefetching }) => {
        if (isRefetching) return;
        stop();
        resolve();
      });
    });
  }
  return session.peek();
}

export interface Credentials {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Null when signed in with the session there; otherwise what to tell. */
export async function signIn({ email, password }: Credentials): Promise<string | null> {
  const answer = attempt(() => client.signIn.email({ email, password }, { disableSignal: true }));
  return (await answer) ?? started();
}

/** Null when signed up and in with the session there; otherwise what to tell. */
export async function signUp({ name, email, password }: Credentials): Promise<string | null> {
  const answer = attempt(() => client.signUp.email({ name, email, password }, { disableSignal: true }));
  return (await answer) ?? started();
}

/** Null when signed out; otherwise what to tell. */
export async function signOut(): Promise<string | null> {
  const failure = await attempt(() => client.signOut());
  if (failure !== null) return strings.session.signOutFailed;
  drafts.clear();
  become({ kind: "guest", why: "left" });
  return null;
}

async function started(): Promise<string | null> {
  return (await reloadSession()).kind === "user" ? null : strings.session.notKept;
}

function become(next: Session): void {
  const before = session.peek();
  if (next === before) return;
  const owner = next.kind === "user" ? next.user.id : null;
  if (before.kind === "user" && before.user.id !== owner) accessToken.forget();
  if (owner !== null) drafts.ownedBy(owner);
  session.value = next;
}

async function attempt(call: () => Promise<{ readonly error: Refusal | null }>): Promise<string | null> {
  try {
    const { error } = await call();
    return error && explain(error);
  } catch {
    return strings.authErrors.offline;
  }
}
