// The checks that the account forms make before the server is asked. Pure; no stricter than the server's own rules.

import { authStrings } from "../strings/firstPage";

export interface Credentials {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** What is wrong with each field, in the order of the form. */
export type CredentialFaults = { readonly [field in keyof Credentials]?: string };

export function signInFaults({ email, password }: Credentials): CredentialFaults {
  const passwordFault = password === "" ? authStrings.fields.passwordMissing : null;
  return withoutNulls({ email: emailFault(email), password: passwordFault });
}

export function signUpFaults({ name, email, password }: Credentials): CredentialFaults {
  return withoutNulls({ name: nameFault(name), email: emailFault(email), password: newPasswordFault(password) });
}

function withoutNulls(faults: { readonly [field in keyof Credentials]?: string | null }): CredentialFaults {
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== null));
}

export function nameFault(name: string): string | null {
  return name.trim() === "" ? authStrings.fields.nameMissing : null;
}

export function emailFault(email: string): string | null {
  if (email.trim() === "") return authStrings.fields.emailMissing;
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim()) ? null : authStrings.fields.emailWrong;
}

/** 8 to 128 UTF-16 code units, as Better Auth counts. */
export function newPasswordFault(password: string): string | null {
  if (password === "") return authStrings.fields.passwordMissing;
  if (password.length < 8) return authStrings.fields.passwordShort;
  return password.length > 128 ? authStrings.fields.passwordLong : null;
}
