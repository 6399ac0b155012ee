// What a user can change about an account, by Better Auth's client. Loaded with the pages that do so.
// A function that changes something returns null on success, otherwise the message for the user.

import { isArray, isObject, type JsonValue, toText } from "../api/schema";
import { RESET, SETTINGS, VERIFIED } from "../router";
import { authStrings } from "../strings/firstPage";
import { attempt } from "./attempt";
import { authClient } from "./client";
import { reloadSession } from "./currentSession";
import { leave } from "./leave";

export const requestReset = (email: string) =>
  attempt(() => authClient.requestPasswordReset({ email, redirectTo: RESET }));

export const resetPassword = (newPassword: string, token: string) =>
  attempt(() => authClient.resetPassword({ newPassword, token }));

export async function renameUser(name: string): Promise<string | null> {
  const failure = await attempt(() => authClient.updateUser({ name }));
  if (failure === null) await reloadSession();
  return failure;
}

export const sendVerification = (email: string) =>
  attempt(() => authClient.sendVerificationEmail({ email, callbackURL: VERIFIED }));

export const changeEmail = (newEmail: string) =>
  attempt(() => authClient.changeEmail({ newEmail, callbackURL: VERIFIED }));

export const changePassword = (currentPassword: string, newPassword: string, revokeOtherSessions: boolean) =>
  attempt(() => authClient.changePassword({ currentPassword, newPassword, revokeOtherSessions }));

/** A session of the user, as the device that it runs on. */
export interface DeviceSession {
  readonly token: string;
  readonly agent: string;
  readonly address: string;
  readonly since: Date;
  readonly current: boolean;
}

/** The sessions of the user: this one first, then the newest. */
export async function listDevices(): Promise<DeviceSession[]> {
  const { data, error } = await authClient.listSessions();
  if (error) throw new Error(error.code ?? "");
  const own = authClient.useSession.get().data?.session.token;
  const devices = data.map(({ token, userAgent, ipAddress, createdAt }) => ({
    token,
    agent: userAgent ?? "",
    address: ipAddress ?? "",
    since: new Date(createdAt),
    current: token === own,
  }));
  return devices.sort((a, b) => Number(b.current) - Number(a.current) || b.since.getTime() - a.since.getTime());
}

export const revokeDevice = (token: string) => attempt(() => authClient.revokeSession({ token }));
export const revokeOtherDevices = () => attempt(() => authClient.revokeOtherSessions());

/** A way to sign in: a password or an account elsewhere. */
export interface LinkedAccount {
  readonly id: string;
  readonly provider: string;
}

export async function listLinkedAccounts(): Promise<LinkedAccount[]> {
  const { data, error } = await authClient.listAccounts();
  if (error) throw new Error(error.code ?? "");
  return data.map(({ id, providerId }) => ({ id, provider: providerId }));
}

export const linkGoogle = () =>
  attempt(() => authClient.linkSocial({ provider: "google", callbackURL: SETTINGS, errorCallbackURL: SETTINGS }));

export const unlinkAccount = (id: string) =>
  attempt(() => authClient.$fetch("/unlink-account", { method: "POST", body: { accountId: id } }));

/** An app that may use the tasks. */
export interface ConnectedApp {
  readonly id: string;
  readonly name: string;
  readonly since: Date | null;
  /** When an old key of the app was used, so that the app was disconnected. */
  readonly oldKeyUsed: Date | null;
}

export async function listConnectedApps(): Promise<ConnectedApp[]> {
  const { data, error } = await authClient.$fetch<JsonValue>("/oauth2/get-consents");
  if (error) throw new Error(error.statusText);
  return Promise.all((isArray(data) ? data : []).filter(isObject).map(readConnectedApp));
}

async function readConnectedApp(consent: { readonly [name: string]: JsonValue }): Promise<ConnectedApp> {
  const clientId = toText(consent.clientId) || toText(consent.client_id);
  const name = (await findOAuthClient(clientId))?.name ?? clientId;
  const [since, oldKeyUsed] = [toDate(consent.createdAt), toDate(consent.oldKeyUsedAt)];
  return { id: toText(consent.id) || clientId, name, since, oldKeyUsed };
}

/** The client may have made a date of a text. */
function toDate(time: unknown): Date | null {
  if (time instanceof Date) return time;
  return typeof time === "string" ? new Date(time) : null;
}

export const disconnectApp = (id: string) =>
  attempt(() => authClient.$fetch("/oauth2/delete-consent", { method: "POST", body: { id } }));

/** The app with this client id: the name it gave itself, empty without one. Null when there is no such app. */
export async function findOAuthClient(clientId: string): Promise<{ readonly name: string } | null> {
  const query = { client_id: clientId };
  const { data, error } = await authClient.$fetch<JsonValue>("/oauth2/public-client", { query });
  return error || !isObject(data) ? null : { name: toText(data.client_name) };
}

/** Allows or denies the app's request; the browser then leaves for the app. */
export async function submitConsent(accept: boolean, oauth: string): Promise<string | null> {
  let redirecting = false;
  const failure = await attempt(async () => {
    const body = { accept, oauth_query: oauth };
    const response = await authClient.$fetch<JsonValue>("/oauth2/consent", { method: "POST", body });
    redirecting = isObject(response.data) && response.data.redirect === true;
    return response;
  });
  return failure ?? (redirecting ? null : authStrings.authErrors.other);
}

/** Whether the user signs in with a password, or by other accounts alone. */
export async function hasPassword(): Promise<boolean> {
  return (await listLinkedAccounts()).some(({ provider }) => provider === "credential");
}

/** Deletes the account ("gone"), or only after the user opens the link in a mail ("mail"). Without a password: null. */
export async function deleteAccount(password: string | null): Promise<{ failure: string } | "gone" | "mail"> {
  let mail = false;
  const failure = await attempt(async () => {
    const response = await authClient.deleteUser(
      { ...(password === null ? {} : { password }), callbackURL: "/" },
      { disableSignal: true },
    );
    mail = response.data?.message === "Verification email sent";
    return response;
  });
  if (failure !== null) return { failure };
  if (mail) return "mail";
  leave("deleted");
  return "gone";
}
