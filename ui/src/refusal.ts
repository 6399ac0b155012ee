// What a refusal of the auth routes means to the person who tried. Pure.

import { strings } from "./strings";

export interface Refusal {
  readonly status: number;
  readonly code?: string | undefined;
}

export function explain({ status, code }: Refusal): string {
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
  }
  if (status === 429) return strings.authErrors.tooMany;
  return status === 0 || status === 502 || status === 503 ? strings.authErrors.offline : strings.authErrors.other;
}
