// What the forms about accounts refuse before the server is asked. Pure; the server's rules, no stricter.

import { strings } from "../strings";

export interface Entered {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export type Faults = { readonly [field in keyof Entered]?: string };

export function signInFaults({ email, password }: Entered): Faults {
  return faults({ email: emailFault(email), password: password === "" ? strings.fields.passwordMissing : null });
}

export function signUpFaults({ name, email, password }: Entered): Faults {
  return faults({ name: nameFault(name), email: emailFault(email), password: newPasswordFault(password) });
}

function faults(all: { readonly [field in keyof Entered]?: string | null }): Faults {
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null));
}

export function nameFault(name: string): string | null {
  return name.trim() === "" ? strings.fields.nameMissing : null;
}

export function emailFault(email: string): string | null {
  if (email.trim() === "") return strings.fields.emailMissing;
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim()) ? null : strings.fields.emailWrong;
}

/** 8 to 128 UTF-16 code units, as Better Auth counts. */
export function newPasswordFault(password: string): string | null {
  if (password === "") return strings.fields.passwordMissing;
  if (password.length < 8) return strings.fields.passwordShort;
  return password.length > 128 ? strings.fields.passwordLong : null;
}
