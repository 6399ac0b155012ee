// What the forms about accounts refuse before the server is asked. Pure; the server's rules, no stricter.

import { authStrings } from "../strings/firstPage";

export interface Entered {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export type Faults = { readonly [field in keyof Entered]?: string };

export function signInFaults({ email, password }: Entered): Faults {
  return faults({ email: emailFault(email), password: password === "" ? authStrings.fields.passwordMissing : null });
}

export function signUpFaults({ name, email, password }: Entered): Faults {
  return faults({ name: nameFault(name), email: emailFault(email), password: newPasswordFault(password) });
}

function faults(all: { readonly [field in keyof Entered]?: string | null }): Faults {
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null));
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
