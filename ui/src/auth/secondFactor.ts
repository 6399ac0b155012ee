// The second step of signing in, for a user whose account asks for it. Loaded with its form.

import { accountStrings } from "../strings/account";
import type { AuthError } from "./authErrors";
import { attempt, authClient } from "./client";
import { confirmSession, restartAuthorizationUrl } from "./signIn";

/** A code of the authenticator app, or one of the codes that were given for its loss. */
export type SecondFactorKind = "totp" | "backup-code";

/** Returns null on success or while the browser leaves the page, otherwise the message for the user. */
export async function verifySecondFactor(
  kind: SecondFactorKind,
  code: string,
  trustDevice: boolean,
  oauth: string | null,
): Promise<string | null> {
  let told: string | undefined;
  const failure = await attempt(async () => {
    const options = { method: "POST", body: { code, trustDevice } } as const;
    const response = await authClient.$fetch(`/two-factor/verify-${kind}`, options);
    const error: AuthError | null = response.error;
    told = accountStrings.secondFactor.errors[error?.code ?? ""];
    return response;
  });
  if (failure !== null) return told ?? failure;
  if (oauth === null) return confirmSession();
  location.assign(restartAuthorizationUrl(oauth));
  return null;
}
