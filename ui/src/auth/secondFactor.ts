// The second step of signing in, for a user whose account asks for it. Loaded with its form.

import { accountStrings } from "../strings/account";
import type { AuthError } from "./authErrors";
import { attempt, authClient } from "./client";
import { confirmSession, restartAuthorizationUrl } from "./signIn";

/** A code of the authenticator app or of a mail, or one of the codes that were given for its loss. */
export type SecondFactorKind = "totp" | "otp" | "backup-code";

/** Has a code sent by mail. Returns null on success, otherwise the message for the user. */
export const sendCode = () => attempt(() => authClient.$fetch("/two-factor/send-otp", { method: "POST", body: {} }));

/** Returns null on success or while the browser leaves the page, otherwise the message for the user. */
export async function verifySecondFactor(
  kind: SecondFactorKind,
  typed: string,
  trustDevice: boolean,
  oauth: string | null,
): Promise<string | null> {
  let told: string | undefined;
  const failure = await attempt(async () => {
    const options = { method: "POST", body: { code: typed, trustDevice } } as const;
    const response = await authClient.$fetch(`/two-factor/verify-${kind}`, options);
    const error: AuthError | null = response.error;
    const code = kind === "otp" && error?.code === "INVALID_CODE" ? "INVALID_MAIL_CODE" : error?.code;
    told = accountStrings.secondFactor.errors[code ?? ""];
    return response;
  });
  if (failure !== null) return told ?? failure;
  if (oauth === null) return confirmSession();
  location.assign(restartAuthorizationUrl(oauth));
  return null;
}
