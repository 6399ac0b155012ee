// The session of this browser: it follows Better Auth's client, and its end clears what belonged to the user.

import { signal } from "@preact/signals";
import { drafts } from "../state/drafts";
import { authStrings } from "../strings/firstPage";
import { clearLastList } from "../tasks/lastList";
import { attempt } from "./attempt";
import { accessToken, authClient } from "./client";
import { storePendingRedirect } from "./pendingRedirect";
import { nextSession, type Session } from "./session";

export const session = signal<Session>({ kind: "unknown" });

/** Asks who is signed in, and again whenever the window gets the focus or another tab signs out. */
export function watchSession(): void {
  authClient.useSession.subscribe((query) => setSession(nextSession(session.peek(), query)));
}

/** Asks again who is signed in and waits for the response. */
export async function reloadSession(): Promise<Session> {
  await authClient.useSession.get().refetch();
  // Another tab or the window's focus may have replaced that request with a newer one.
  if (authClient.useSession.get().isRefetching) {
    await new Promise<void>((resolve) => {
      const stop = authClient.useSession.listen(({ isRefetching }) => {
        if (isRefetching) return;
        stop();
        resolve();
      });
    });
  }
  return session.peek();
}

/** Ends the session on the server. Returns null when it is over, otherwise the message for the user. */
export async function endSession(): Promise<string | null> {
  const failure = await attempt(() => authClient.signOut());
  return failure === null ? null : authStrings.session.signOutFailed;
}

/** Records that the user chose to leave, or deleted the account: unsent input and the pending redirect are forgotten. */
export function markSignedOut(why: "left" | "deleted"): void {
  drafts.clear();
  storePendingRedirect("", 0);
  setSession({ kind: "guest", why });
}

function setSession(next: Session): void {
  const before = session.peek();
  if (next === before) return;
  const owner = next.kind === "user" ? next.user.id : null;
  if (before.kind === "user" && before.user.id !== owner) accessToken.forget();
  if (next.kind === "guest") clearLastList();
  if (owner !== null) drafts.setOwner(owner);
  session.value = next;
}
