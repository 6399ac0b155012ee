// What can be changed about an account, by Better Auth's client. Loaded with the pages that do so.

import { isArray, isObject, type Json, text } from "../api/schema";
import { RESET, SETTINGS, VERIFIED } from "../router";
import { authStrings } from "../strings/firstPage";
import { closeTasks } from "../tasks/store";
import { attempt, client, left, reloadSession } from "./client";

/** Each answers null when it went well, otherwise what to tell. */
export const requestReset = (email: string) => attempt(() => client.requestPasswordReset({ email, redirectTo: RESET }));

export const resetPassword = (newPassword: string, token: string) =>
  attempt(() => client.resetPassword({ newPassword, token }));

export async function rename(name: string): Promise<string | null> {
  const failure = await attempt(() => client.updateUser({ name }));
  if (failure === null) await reloadSession();
  return failure;
}

export const sendVerification = (email: string) =>
  attempt(() => client.sendVerificationEmail({ email, callbackURL: VERIFIED }));

export const changeEmail = (newEmail: string) => attempt(() => client.changeEmail({ newEmail, callbackURL: VERIFIED }));

export const changePassword = (currentPassword: string, newPassword: string, revokeOtherSessions: boolean) =>
  attempt(() => client.changePassword({ currentPassword, newPassword, revokeOtherSessions }));

export interface Device {
  readonly token: string;
  readonly agent: string;
  readonly address: string;
  readonly since: Date;
  readonly current: boolean;
}

/** Throws what to tell. */
export async function listDevices(): Promise<Device[]> {
  const { data, error } = await client.listSessions();
  if (error) throw new Error(error.code ?? "");
  const own = client.useSession.get().data?.session.token;
  const devices = data.map(({ token, userAgent, ipAddress, createdAt }) => ({
    token,
    agent: userAgent ?? "",
    address: ipAddress ?? "",
    since: new Date(createdAt),
    current: token === own,
  }));
  return devices.sort((a, b) => Number(b.current) - Number(a.current) || b.since.getTime() - a.since.getTime());
}

export const endDevice = (token: string) => attempt(() => client.revokeSession({ token }));
export const endOtherDevices = () => attempt(() => client.revokeOtherSessions());

export interface Linked {
  readonly id: string;
  readonly provider: string;
}

export async function listLinked(): Promise<Linked[]> {
  const { data, error } = await client.listAccounts();
  if (error) throw new Error(error.code ?? "");
  return data.map(({ id, providerId }) => ({ id, provider: providerId }));
}

export const linkGoogle = () =>
  attempt(() => client.linkSocial({ provider: "google", callbackURL: SETTINGS, errorCallbackURL: SETTINGS }));

export const unlink = (id: string) =>
  attempt(() => client.$fetch("/unlink-account", { method: "POST", body: { accountId: id } }));

/** An app that may use the tasks. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly since: Date | null;
}

export async function listApps(): Promise<App[]> {
  const { data, error } = await client.$fetch<Json>("/oauth2/get-consents");
  if (error) throw new Error(error.statusText);
  return Promise.all((isArray(data) ? data : []).filter(isObject).map(readApp));
}

async function readApp(consent: { readonly [name: string]: Json }): Promise<App> {
  const clientId = text(consent.clientId) || text(consent.client_id);
  const created: unknown = consent.createdAt;
  const since = created instanceof Date ? created : typeof created === "string" ? new Date(created) : null;
  return { id: text(consent.id) || clientId, name: (await askingApp(clientId))?.name ?? clientId, since };
}

export const endApp = (id: string) =>
  attempt(() => client.$fetch("/oauth2/delete-consent", { method: "POST", body: { id } }));

/** Who asks for access: the name it gave itself, empty if none. Null when there is no such app. */
export async function askingApp(clientId: string): Promise<{ readonly name: string } | null> {
  const { data, error } = await client.$fetch<Json>("/oauth2/public-client", { query: { client_id: clientId } });
  return error || !isObject(data) ? null : { name: text(data.client_name) };
}

/** Null when on the way back to the app; otherwise what to tell. */
export async function consent(accept: boolean, oauth: string): Promise<string | null> {
  let onTheWay = false;
  const failure = await attempt(async () => {
    const body = { accept, oauth_query: oauth };
    const answer = await client.$fetch<Json>("/oauth2/consent", { method: "POST", body });
    onTheWay = isObject(answer.data) && answer.data.redirect === true;
    return answer;
  });
  return failure ?? (onTheWay ? null : authStrings.authErrors.other);
}

export async function deleteAccount(password: string): Promise<{ failure: string } | "gone" | "mail"> {
  let mail = false;
  const failure = await attempt(async () => {
    const answer = await client.deleteUser(
      { ...(password === "" ? {} : { password }), callbackURL: "/" },
      { disableSignal: true },
    );
    mail = answer.data?.message === "Verification email sent";
    return answer;
  });
  if (failure !== null) return { failure };
  if (mail) return "mail";
  closeTasks();
  left();
  return "gone";
}
