// Sign-in with Google (a stand-in that agrees at once): Better Auth's official client, and the pages in a browser.
import { expect, test } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { newAccount } from "./account.js";
import { clientWithCookies } from "./client.js";

test.beforeEach(async ({ request, baseURL }) => {
  const features = await (await request.get(`${baseURL}/api/auth/features`)).json();
  test.skip(!features.google, "this app has no Google; `with-app` gives it a stand-in");
});

// Goes where a browser would go: to Google, back to the callback, and says where that leads.
async function throughGoogle(fetchWithCookies, url) {
  const google = await fetch(url, { redirect: "manual" });
  const callback = await fetchWithCookies(google.headers.get("location"), { redirect: "manual" });
  expect(callback.status).toBe(302);
  return callback.headers.get("location");
}

// What the stand-in takes for a person: the claims of the id token.
const person = (email) =>
  Buffer.from(JSON.stringify({ sub: randomBytes(6).toString("hex"), email, email_verified: true, name: "Gina Lollo" })).toString("base64url");

test("the official client signs in with Google and out", async ({ baseURL }) => {
  const { client, fetchWithCookies } = clientWithCookies(baseURL);
  const email = newAccount("Gina").email;
  const begun = await client.signIn.social({ provider: "google", callbackURL: "/after", newUserCallbackURL: "/welcome", loginHint: person(email) });
  expect(begun.error).toBeNull();
  expect(await throughGoogle(fetchWithCookies, begun.data.url)).toBe("/welcome");
  const session = await client.getSession();
  expect(session.data.user).toMatchObject({ email, name: "Gina Lollo", emailVerified: true });
  const accounts = await client.listAccounts();
  expect(accounts.data.map(({ providerId }) => providerId)).toEqual(["google"]);
  const token = await client.getAccessToken({ accountId: accounts.data[0].id });
  expect(token.data.accessToken).toMatch(/^ya29\./);
  expect((await client.unlinkAccount({ accountId: accounts.data[0].id })).error).toMatchObject({ code: "FAILED_TO_UNLINK_LAST_ACCOUNT" });
  expect((await client.signOut()).data).toEqual({ success: true });
  expect((await client.getSession()).data).toBeNull();
});

test("the official client adds a Google account and removes it", async ({ baseURL }) => {
  const { client, fetchWithCookies } = clientWithCookies(baseURL);
  const account = newAccount("Lea");
  await client.signUp.email(account);
  const begun = await client.linkSocial({ provider: "google", callbackURL: "/linked", loginHint: person(account.email) });
  expect(await throughGoogle(fetchWithCookies, begun.data.url)).toBe("/linked");
  const accounts = (await client.listAccounts()).data;
  expect(accounts.map(({ providerId }) => providerId)).toEqual(["credential", "google"]);
  expect((await client.unlinkAccount({ accountId: accounts[1].id })).data).toEqual({ status: true });
  expect((await client.listAccounts()).data).toHaveLength(1);
});

test("the page that Google leads back to finds the session at its first request", async ({ page }) => {
  await page.goto("/sign-in");
  const sessions = [];
  const callbacks = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/api/auth/callback/")) {
      callbacks.push(Promise.all([response.status(), response.headerValue("set-cookie")]));
    } else if (callbacks.length > 0 && pathname === "/api/auth/get-session") sessions.push(response.json());
  });
  await page.getByRole("button", { name: /Google/ }).click();
  await expect.poll(() => sessions.length).toBeGreaterThan(0);
  const [status, cookies] = await callbacks[0];
  expect(status).toBe(302);
  expect(cookies).toContain("session_token=");
  const first = await sessions[0];
  expect(first?.user?.name).toBe("Gina Lollo");
  await expect(page.getByRole("button", { name: /Google/ })).toHaveCount(0);
});

test("an app that asked gets its code, also from somebody who signs in with Google", async ({ page, baseURL }) => {
  const app = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Connected</title>"));
  await new Promise((resolve) => app.listen(0, "127.0.0.1", resolve));
  const redirect_uri = `http://127.0.0.1:${app.address().port}/callback`;
  const registered = await fetch(`${baseURL}/api/auth/oauth2/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_name: "An AI tool", redirect_uris: [redirect_uri], token_endpoint_auth_method: "none" }),
  });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: (await registered.json()).client_id,
    redirect_uri,
    state: "state-1",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  // Somebody who says no at Google is still on the way to the app, and can go on otherwise.
  await page.route("**/o/oauth2/v2/auth**", (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const back = new URLSearchParams({ state: asked.get("state"), error: "access_denied" });
    return route.fulfill({ status: 302, headers: { location: `${asked.get("redirect_uri")}?${back}` } });
  });
  await page.goto(`${baseURL}/api/auth/oauth2/authorize?${query}`);
  await page.getByRole("button", { name: /Google/ }).click();
  await expect(page.getByText(/Google did not let you in/)).toBeVisible();
  await page.unroute("**/o/oauth2/v2/auth**");
  await page.getByRole("button", { name: /Google/ }).click();
  await expect(page.getByRole("heading", { name: "Connect An AI tool?" })).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL((url) => url.href.startsWith(redirect_uri));
  const response = new URL(page.url()).searchParams;
  expect([response.get("state"), response.get("code")?.length]).toEqual(["state-1", 32]);
  app.close();
});
