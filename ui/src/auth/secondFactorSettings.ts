// The second step of signing in, as the settings set it up and switch it off.
// A function that changes something returns null on success, otherwise the message for the user.

import { isArray, isObject, type JsonValue, toText } from "../api/schema";
import { hasPassword } from "./account";
import { authClient } from "./client";
import { postSecondFactor } from "./secondFactorRequest";

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
  postSecondFactor("enable", { password }, (data) =>
    take({ uri: toText(data.totpURI), backupCodes: toCodes(data.backupCodes) }),
  );

export const confirmSecondFactor = (code: string) => postSecondFactor("verify-totp", { code });

export const renewBackupCodes = (password: string, take: (codes: readonly string[]) => void) =>
  postSecondFactor("generate-backup-codes", { password }, (data) => take(toCodes(data.backupCodes)));

export const switchOffSecondFactor = (password: string) => postSecondFactor("disable", { password });

function toCodes(data: JsonValue | undefined): readonly string[] {
  return isArray(data) ? data.map(toText) : [];
}
