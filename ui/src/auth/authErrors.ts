// What an error of the auth routes means to the user. Pure.

import { authStrings } from "../strings/firstPage";

export interface AuthError {
  readonly status: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

export function describeAuthError({ status, code, message }: AuthError): string {
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return authStrings.authErrors.credentials;
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
    case "USER_ALREADY_EXISTS":
      return authStrings.authErrors.exists;
    case "INVALID_EMAIL":
    case "VALIDATION_ERROR":
      return authStrings.fields.emailWrong;
    case "PASSWORD_TOO_SHORT":
      return authStrings.fields.passwordShort;
    case "PASSWORD_TOO_LONG":
      return authStrings.fields.passwordLong;
    case "INVALID_PASSWORD":
      return authStrings.authErrors.wrongPassword;
    case "EMAIL_NOT_VERIFIED":
      return authStrings.authErrors.unverified;
    case "SESSION_NOT_FRESH":
    case "SESSION_EXPIRED":
      return authStrings.authErrors.notFresh;
    case "FAILED_TO_UNLINK_LAST_ACCOUNT":
      return authStrings.authErrors.lastAccount;
    case "CREDENTIAL_ACCOUNT_NOT_FOUND":
      return authStrings.authErrors.noPassword;
  }
  if (message === "Email is the same") return authStrings.authErrors.sameEmail;
  if (message === "invalid_signature") return authStrings.authErrors.oauthExpired;
  if (status === 429) return authStrings.authErrors.tooMany;
  return status === 0 || status === 502 || status === 503
    ? authStrings.authErrors.offline
    : authStrings.authErrors.other;
}

/** The message for the `?error=` with which the auth routes redirect to the sign-in page. */
export function describeErrorCode(code: string): string {
  switch (code) {
    case "access_denied":
      return authStrings.authErrors.googleDenied;
    case "account_not_linked":
      return authStrings.authErrors.notLinked;
    case "invalid_signature":
      return authStrings.authErrors.oauthExpired;
    default:
      return authStrings.authErrors.googleFailed;
  }
}
