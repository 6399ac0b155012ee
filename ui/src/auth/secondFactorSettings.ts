// The second step of signing in, as the settings set it up and switch it off.
// A function that changes something returns null on success, otherwise the message for the user.

import { isArray, isObject, type JsonValue, toText } from "../api/schema";
import { accountStrings } from "../strings/account";
import { hasPassword } from "./account";
import type { AuthError } from "./authErrors";
import { attempt, authClient } from "./client";

/** What an authenticator app reads, and the codes for its loss. */
export interface NewSecondFactor {
  readonly uri: string;
  readonly backupCodes: readonly string[];
}

/** Whether the second step is on, or could be: it follows a password. */
export async function readSecondFactor(): Promise<"on" | "off" | "no password"> {
  const { data, error } = await authClient.$fetch<JsonValue>("/get-session");
  if (error) throw new Error(error.statusText);
  if (isObject(data) && isObject(data.user) && data.user.twoFactorEnabled === true) return "on";
  return (await hasPassword()) ? "off" : "no password";
}

/** Nothing is asked for before a code of the app is confirmed. */
export const setUpSecondFactor = (password: string, take: (made: NewSecondFactor) => void) =>
  post("enable", { password }, (data) => take({ uri: toText(data.totpURI), backupCodes: toCodes(data.backupCodes) }));

export const confirmSecondFactor = (code: string) => post("verify-totp", { code }, () => {});

export const renewBackupCodes = (password: string, take: (codes: readonly string[]) => void) =>
  post("generate-backup-codes", { password }, (data) => take(toCodes(data.backupCodes)));

export const switchOffSecondFactor = (password: string) => post("disable", { password }, () => {});

async function post(
  path: string,
  body: object,
  take: (data: { readonly [name: string]: JsonValue }) => void,
): Promise<string | null> {
  let told: string | undefined;
  const failure = await attempt(async () => {
    const response = await authClient.$fetch<JsonValue>(`/two-factor/${path}`, { method: "POST", body });
    const error: AuthError | null = response.error;
    told = accountStrings.secondFactor.errors[error?.code ?? ""];
    if (isObject(response.data)) take(response.data);
    return response;
  });
  return failure === null ? null : (told ?? failure);
}

function toCodes(data: JsonValue | undefined): readonly string[] {
  return isArray(data) ? data.map(toText) : [];
}
