// What a refusal of the auth routes means to the person who tried. Pure.

import { strings } from "../strings";

export interface Refusal {
  readonly status: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

export function explain({ status, code, message }: Refusal): string {
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return strings.authErrors.credentials;
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
    case "USER_ALREADY_EXISTS":
      return strings.authErrors.exists;
    case "INVALID_EMAIL":
    case "VALIDATION_ERROR":
      return strings.fields.emailWrong;
    case "PASSWORD_TOO_SHORT":
      return strings.fields.passwordShort;
    case "PASSWORD_TOO_LONG":
      return strings.fields.passwordLong;
    case "INVALID_PASSWORD":
      return strings.authErrors.wrongPassword;
    case "EMAIL_NOT_VERIFIED":
      return strings.authErrors.unverified;
    case "SESSION_NOT_FRESH":
    case "SESSION_EXPIRED":
      return strings.authErrors.notFresh;
    case "FAILED_TO_UNLINK_LAST_ACCOUNT":
      return strings.authErrors.lastAccount;
    case "CREDENTIAL_ACCOUNT_NOT_FOUND":
      return strings.authErrors.noPassword;
  }
  if (message === "Email is the same") return strings.authErrors.sameEmail;
  if (message === "invalid_signature") return strings.authErrors.oauthExpired;
  if (status === 429) return strings.authErrors.tooMany;
  return status === 0 || status === 502 || status === 503 ? strings.authErrors.offline : strings.authErrors.other;
}

/** What an `?error=` of the auth routes means, when they send somebody back to the sign-in page. */
export function explainCode(code: string): string {
  switch (code) {
    case "access_denied":
      return strings.authErrors.googleDenied;
    case "account_not_linked":
      return strings.authErrors.notLinked;
    case "invalid_client":
    case "invalid_redirect":
    case "invalid_signature":
      return strings.authErrors.oauthExpired;
    default:
      return strings.authErrors.googleFailed;
  }
}
