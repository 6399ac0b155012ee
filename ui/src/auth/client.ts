// Sign-up, sign-in, sign-out, session and access token, by Better Auth's own client on our own origin.

import { signal } from "@preact/signals";
import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { insist } from "../api/retry";
import { type Features, noFeatures, readFeatures } from "../api/schema";
import { nextIn, SIGN_IN, VERIFIED } from "../router";
import { drafts } from "../state/drafts";
import { authStrings } from "../strings/firstPage";
import { forgetList } from "../tasks/lastList";
import { explain, type Refusal } from "./authErrors";
import { keepDetour } from "./pendingRedirect";
import { type Session, settle } from "./session";
import { TokenHolder } from "./token";

/** The header in which the answer to get-session brings an access token along. */
const TOKEN_HEADER = "set-auth-jwt";
/** Longest address that the server keeps to send a browser to. */
const MAX_URL = 2048;

export const client = createAuthClient({
  plugins: [jwtClient()],
  fetchOptions: {
    customFetchImpl: (address, init) => {
      const attempt = () => fetch(address, init);
      return init?.method === "GET" ? insist(attempt, init.signal ?? new AbortController().signal) : attempt();
    },
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

/** Which ways to sign in the server has; null until it said so. */
export const features = signal<Features | null>(null);
let asking = false;

export async function askFeatures(): Promise<void> {
  if (asking || features.peek() !== null) return;
  asking = true;
  const { data } = await client.$fetch<unknown>("/features").catch(() => ({ data: null }));
  features.value = data === null ? noFeatures : readFeatures(data);
}

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

/** Null when signed in with the session there, or on the way to the app that asked for it; otherwise what to tell. */
export async function signIn({ email, password }: Credentials, oauth: string | null): Promise<string | null> {
  if (oauth !== null) return forApp("/sign-in/email", { email, password, oauth_query: oauth }, oauth);
  const answer = attempt(() => client.signIn.email({ email, password }, { disableSignal: true }));
  return (await answer) ?? started();
}

/** The same for a new account. `mailed` is called where the address must be proved first: a link leads on from there. */
export async function signUp(
  { name, email, password }: Credentials,
  oauth: string | null,
  mailed: () => void,
): Promise<string | null> {
  if (oauth !== null) return forApp("/sign-up/email", { name, email, password, oauth_query: oauth }, oauth, mailed);
  let unproved = false;
  const failure = await attempt(async () => {
    const answer = await client.signUp.email({ name, email, password, callbackURL: VERIFIED }, { disableSignal: true });
    unproved = answer.data !== null && answer.data.token === null;
    return answer;
  });
  if (failure !== null || !unproved) return failure ?? started();
  mailed();
  return null;
}

/** Leaves the page for Google. Null when on the way; otherwise what to tell. */
export async function signInWithGoogle(search: string, oauth: string | null): Promise<string | null> {
  const query = oauth === null ? {} : { oauth_query: oauth };
  // Whoever does not come through is still on the way to the app, unless its request is too long to be taken along.
  const here = SIGN_IN + (oauth === null ? "" : `?${oauth}`);
  const errorCallbackURL = here.length > MAX_URL ? SIGN_IN : here;
  const body = { provider: "google", callbackURL: nextIn(search), errorCallbackURL, ...query };
  return attempt(() => client.$fetch("/sign-in/social", { method: "POST", body }));
}

/** The answer names where the authorization goes on, and the client follows it; if not, it is begun again. */
async function forApp(
  path: string,
  body: Record<string, string>,
  oauth: string,
  mailed?: () => void,
): Promise<string | null> {
  let onTheWay = false;
  let unproved = false;
  const failure = await attempt(async () => {
    const answer = await client.$fetch<{ redirect?: boolean; token?: string | null }>(path, { method: "POST", body });
    onTheWay = answer.data?.redirect === true;
    unproved = answer.data?.token === null;
    return answer;
  });
  if (failure !== null || onTheWay) return failure;
  if (unproved && mailed) mailed();
  else location.assign(authorizeAgain(oauth));
  return null;
}

/** Where the app's request begins again: it goes without what the server added to sign it. */
export function authorizeAgain(oauth: string): string {
  const query = new URLSearchParams(oauth);
  for (const name of ["sig", "exp", "ba_iat", "ba_param", "prompt"]) query.delete(name);
  return `/api/auth/oauth2/authorize?${query}`;
}

/** Null when signed out; otherwise what to tell. */
export async function signOut(): Promise<string | null> {
  const failure = await attempt(() => client.signOut());
  if (failure !== null) return authStrings.session.signOutFailed;
  left();
  return null;
}

/** Whoever was here has gone by an act of their own. */
export function left(): void {
  drafts.clear();
  keepDetour("", 0);
  become({ kind: "guest", why: "left" });
}

async function started(): Promise<string | null> {
  return (await reloadSession()).kind === "user" ? null : authStrings.session.notKept;
}

function become(next: Session): void {
  const before = session.peek();
  if (next === before) return;
  const owner = next.kind === "user" ? next.user.id : null;
  if (before.kind === "user" && before.user.id !== owner) accessToken.forget();
  if (next.kind === "guest") forgetList();
  if (owner !== null) drafts.ownedBy(owner);
  session.value = next;
}

/** Null when the call went well; otherwise what to tell. */
export async function attempt(call: () => Promise<{ readonly error: Refusal | null }>): Promise<string | null> {
  try {
    const { error } = await call();
    return error && explain(error);
  } catch {
    return authStrings.authErrors.offline;
  }
}
