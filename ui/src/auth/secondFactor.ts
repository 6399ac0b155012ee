// The second step of signing in, for a user whose account asks for it. Loaded with its form.

import { postSecondFactor } from "./secondFactorRequest";
import { confirmSession, restartAuthorizationUrl } from "./signIn";

/** A code of the authenticator app or of a mail, or one of the codes that were given for its loss. */
export type SecondFactorKind = "totp" | "otp" | "backup-code";

/** Has a code sent by mail. Returns null on success, otherwise the message for the user. */
export const sendCode = () => postSecondFactor("send-otp", {});

/** Returns null on success or while the browser leaves the page, otherwise the message for the user. */
export async function verifySecondFactor(
  kind: SecondFactorKind,
  typed: string,
  trustDevice: boolean,
  oauth: string | null,
): Promise<string | null> {
  const failure = await postSecondFactor(`verify-${kind}`, { code: typed, trustDevice });
  if (failure !== null) return failure;
  if (oauth === null) return confirmSession();
  location.assign(restartAuthorizationUrl(oauth));
  return null;
}
