import { authStrings } from "../strings/firstPage";
import { type AuthError, describeAuthError } from "./authErrors";

/** Runs a call of Better Auth's client. Returns null on success, otherwise the message for the user. */
export async function attempt(call: () => Promise<{ readonly error: AuthError | null }>): Promise<string | null> {
  try {
    const { error } = await call();
    return error && describeAuthError(error);
  } catch {
    return authStrings.authErrors.offline;
  }
}
