// Signing up and signing in, by password or Google, also on the way to an app that asked for it (OAuth).
// A function returns null on success or while the browser leaves the page, otherwise the message for the user.

import { nextPath, SIGN_IN, VERIFIED } from "../router";
import { authStrings } from "../strings/firstPage";
import { attempt } from "./attempt";
import { authClient } from "./client";
import type { Credentials } from "./credentials";
import { reloadSession } from "./currentSession";
import { justEntered } from "./entry";

/** The longest address that the server accepts as a redirect target. */
const MAX_URL = 2048;

/** Where the code comes from that an account asks for after the password. */
export type CodeSource = "app" | "mail";

/**
 * `oauth` is the signed authorization request of an app, null without one. `onSecondFactor` is called where the account
 * asks for a code too; no session has begun then.
 */
export async function signIn(
  { email, password }: Credentials,
  oauth: string | null,
  onSecondFactor: (source: CodeSource) => void,
): Promise<string | null> {
  if (oauth !== null) {
    const body = { email, password, oauth_query: oauth };
    return continueToApp("/sign-in/email", body, oauth, { onSecondFactor });
  }
  let source: CodeSource | null = null;
  const failure = await attempt(async () => {
    const response = await authClient.signIn.email({ email, password }, { disableSignal: true });
    source = asksForCode(response.data);
    return response;
  });
  if (failure !== null || source === null) return failure ?? confirmSession();
  onSecondFactor(source);
  return null;
}

function asksForCode(data: object | null): CodeSource | null {
  if (data === null || !("twoFactorRedirect" in data) || data.twoFactorRedirect !== true) return null;
  const methods = "twoFactorMethods" in data && Array.isArray(data.twoFactorMethods) ? data.twoFactorMethods : [];
  return methods.includes("otp") ? "mail" : "app";
}

/** `onMailSent` is called where the address must be confirmed first; the link in the mail leads on from there. */
export async function signUp(
  { name, email, password }: Credentials,
  oauth: string | null,
  onMailSent: () => void,
): Promise<string | null> {
  if (oauth !== null)
    return continueToApp("/sign-up/email", { name, email, password, oauth_query: oauth }, oauth, { onMailSent });
  let unconfirmed = false;
  const failure = await attempt(async () => {
    const body = { name, email, password, callbackURL: VERIFIED };
    const response = await authClient.signUp.email(body, { disableSignal: true });
    unconfirmed = response.data !== null && response.data.token === null;
    return response;
  });
  if (failure !== null || !unconfirmed) return failure ?? confirmSession();
  onMailSent();
  return null;
}

/** Leaves the page for Google. */
export async function signInWithGoogle(search: string, oauth: string | null): Promise<string | null> {
  const query = oauth === null ? {} : { oauth_query: oauth };
  // After a failure the user is still on the way to the app, unless its request is too long for a redirect target.
  const here = SIGN_IN + (oauth === null ? "" : `?${oauth}`);
  const errorCallbackURL = here.length > MAX_URL ? SIGN_IN : here;
  const body = { provider: "google", callbackURL: nextPath(search), errorCallbackURL, ...query };
  return attempt(() => authClient.$fetch("/sign-in/social", { method: "POST", body }));
}

/** The response says where the authorization continues, and the client goes there; otherwise it is started again. */
async function continueToApp(
  path: string,
  body: Record<string, string>,
  oauth: string,
  {
    onMailSent,
    onSecondFactor,
  }: { readonly onMailSent?: () => void; readonly onSecondFactor?: (source: CodeSource) => void },
): Promise<string | null> {
  let redirecting = false;
  let unconfirmed = false;
  let source: CodeSource | null = null;
  const failure = await attempt(async () => {
    const response = await authClient.$fetch<{ redirect?: boolean; token?: string | null }>(path, {
      method: "POST",
      body,
    });
    redirecting = response.data?.redirect === true;
    unconfirmed = response.data?.token === null;
    source = asksForCode(response.data);
    return response;
  });
  if (failure !== null || redirecting) return failure;
  if (source !== null && onSecondFactor) onSecondFactor(source);
  else if (unconfirmed && onMailSent) onMailSent();
  else location.assign(restartAuthorizationUrl(oauth));
  return null;
}

/** Where the app's authorization request starts again: without the members that the server added to sign it. */
export function restartAuthorizationUrl(oauth: string): string {
  const query = new URLSearchParams(oauth);
  for (const name of ["sig", "exp", "ba_iat", "ba_param", "prompt"]) query.delete(name);
  return `/api/auth/oauth2/authorize?${query}`;
}

/** A browser that blocks cookies signs in without keeping the session. */
export async function confirmSession(): Promise<string | null> {
  const kept = (await reloadSession()).kind === "user";
  justEntered.value = kept;
  return kept ? null : authStrings.session.notKept;
}
