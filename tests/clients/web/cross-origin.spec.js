// Pages of other origins, in a real browser with a real session: what a listed one may, and what none else can.
import { expect, test } from "@playwright/test";
import { createServer } from "node:http";
import { newAccount } from "./account.js";

// The app lists this one (`with-app trusted_origins=…` in scripts/test.sh); a cookie is for a host, whatever its port.
const LISTED = 29124;

/** Serves an empty page until the test ends, and returns its origin. */
async function site(port = 0, host = "127.0.0.1") {
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A page</title>"));
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  sites.push(server);
  return `http://${host}:${server.address().port}`;
}
const sites = [];
test.afterEach(() => {
  for (const server of sites.splice(0)) server.close();
});

/** Signs a new user up in the browser. */
async function signUp(page, baseURL) {
  const account = newAccount("Ann");
  const response = await page.request.post(`${baseURL}/api/auth/sign-up/email`, { data: account, headers: { origin: baseURL } });
  expect(response.status()).toBe(200);
  return account;
}

const sessionOf = async (page, baseURL) => (await page.request.get(`${baseURL}/api/auth/get-session`)).json();

/** What a script of the page gets: status and JSON, or that the browser kept it. */
const ask = (page, url, init) =>
  page.evaluate(
    async ([url, init]) => {
      try {
        const response = await fetch(url, init);
        if (response.type === "opaque") return { opaque: true };
        return { status: response.status, body: await response.json().catch(() => null), token: response.headers.get("set-auth-jwt") };
      } catch (cause) {
        return { kept: cause.name };
      }
    },
    [url, init],
  );

const json = (method, body, more = {}) => ({ method, credentials: "include", headers: { "content-type": "application/json", ...more }, body: JSON.stringify(body) });

test("a listed page works with the session and the tasks", async ({ page, baseURL, request }) => {
  const origin = `http://127.0.0.1:${LISTED}`;
  const preflight = { method: "OPTIONS", headers: { origin, "access-control-request-method": "GET" } };
  test.skip((await request.fetch(`${baseURL}/api/auth/get-session`, preflight)).status() !== 204, "this app does not list the page");
  const { email } = await signUp(page, baseURL);
  await page.goto(await site(LISTED));
  const session = await ask(page, `${baseURL}/api/auth/get-session`, { credentials: "include" });
  expect(session).toMatchObject({ status: 200, body: { user: { email } } });
  expect((await ask(page, `${baseURL}/api/auth/update-user`, json("POST", { name: "Ann II" }))).status).toBe(200);
  expect((await sessionOf(page, baseURL)).user.name).toBe("Ann II");
  const tasks = `${baseURL}/api/${session.body.user.id}/tasks`;
  const added = await ask(page, tasks, json("POST", { title: "milk" }, { authorization: `Bearer ${session.token}` }));
  expect(added).toMatchObject({ status: 201, body: { title: "milk" } });
  const without = await ask(page, `${baseURL}/api/auth/get-session`, { credentials: "omit" });
  expect(without).toMatchObject({ status: 200, body: null });
});

test("another page reads nothing and changes nothing", async ({ page, baseURL }) => {
  const { email } = await signUp(page, baseURL);
  const { token } = await (await page.request.get(`${baseURL}/api/auth/token`)).json();
  const { user } = await sessionOf(page, baseURL);
  await page.goto(await site());
  const tasks = `${baseURL}/api/${user.id}/tasks`;
  for (const [url, init] of [
    [`${baseURL}/api/auth/get-session`, { credentials: "include" }],
    [`${baseURL}/api/auth/token`, { credentials: "include" }],
    [`${baseURL}/api/auth/update-user`, json("POST", { name: "Eve" })],
    // Not even with a token that it got hold of.
    [tasks, { headers: { authorization: `Bearer ${token}` } }],
    [tasks, json("POST", { title: "Eve's" }, { authorization: `Bearer ${token}` })],
    [`${baseURL}/mcp`, json("POST", { jsonrpc: "2.0", id: 1, method: "tools/list" }, { authorization: `Bearer ${token}` })],
  ]) {
    expect(await ask(page, url, init), url).toEqual({ kept: "TypeError" });
  }
  // What a browser sends without asking first arrives, and is refused.
  const blind = { method: "POST", mode: "no-cors", credentials: "include" };
  for (const [path, type, body] of [
    ["sign-out", "application/x-www-form-urlencoded", ""],
    ["sign-out", "text/plain", "{}"],
    ["update-user", "text/plain", JSON.stringify({ name: "Eve" })],
    ["revoke-sessions", "text/plain", "{}"],
  ]) {
    const answered = page.waitForResponse(`${baseURL}/api/auth/${path}`);
    expect(await ask(page, `${baseURL}/api/auth/${path}`, { ...blind, headers: { "content-type": type }, body })).toEqual({ opaque: true });
    expect([403, 415], `${path} as ${type}`).toContain((await answered).status());
  }
  expect((await sessionOf(page, baseURL)).user).toMatchObject({ email, name: user.name });
  const list = await page.request.get(tasks, { headers: { authorization: `Bearer ${token}` } });
  expect(await list.json()).toEqual([]);
});

/** Posts a form as a page does that leaves for its response. */
async function submit(page, action, fields) {
  const answered = page.waitForResponse((response) => response.url() === action && response.request().method() === "POST");
  await page.evaluate(
    ([action, fields]) => {
      const form = Object.assign(document.createElement("form"), { method: "post", action });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { name, value }));
      document.body.append(form);
      form.submit();
    },
    [action, fields],
  );
  return (await answered).status();
}

test("no form of another page signs anybody out or in", async ({ page, browser, baseURL }) => {
  const { email, password } = await signUp(page, baseURL);
  for (const host of ["127.0.0.1", "localhost"]) {
    await page.goto(await site(0, host));
    expect(await submit(page, `${baseURL}/api/auth/sign-out`, {}), host).not.toBe(200);
    expect((await sessionOf(page, baseURL)).user.email).toBe(email);
    // Into the attacker's own account, so that the victim's next tasks land there.
    const victim = await (await browser.newContext()).newPage();
    await victim.goto(await site(0, host));
    expect(await submit(victim, `${baseURL}/api/auth/sign-in/email`, { email, password }), host).toBe(403);
    expect(await sessionOf(victim, baseURL)).toBeNull();
    await victim.context().close();
  }
});

test("no other page consents for somebody", async ({ page, baseURL }) => {
  await signUp(page, baseURL);
  const client = { client_name: "Evil", redirect_uris: ["http://127.0.0.1:8912/cb"], token_endpoint_auth_method: "none" };
  const { client_id } = await (await page.request.post(`${baseURL}/api/auth/oauth2/register`, { data: client, headers: { origin: baseURL } })).json();
  const query = new URLSearchParams({
    client_id,
    response_type: "code",
    redirect_uri: client.redirect_uris[0],
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  const authorize = `${baseURL}/api/auth/oauth2/authorize?${query}`;
  const asked = await page.request.get(authorize, { maxRedirects: 0, headers: { accept: "text/html" } });
  const consent = asked.headers().location;
  expect(consent).toMatch(/^\/consent\?/);
  const body = { accept: true, oauth_query: consent.split("?")[1] };
  await page.goto(await site());
  expect(await ask(page, `${baseURL}/api/auth/oauth2/consent`, json("POST", body))).toEqual({ kept: "TypeError" });
  const blind = { method: "POST", mode: "no-cors", credentials: "include", headers: { "content-type": "text/plain" }, body: JSON.stringify(body) };
  const answered = page.waitForResponse(`${baseURL}/api/auth/oauth2/consent`);
  await ask(page, `${baseURL}/api/auth/oauth2/consent`, blind);
  expect([403, 415]).toContain((await answered).status());
  // Nor can a script read where the authorization leads.
  expect(await ask(page, authorize, { credentials: "include" })).toEqual({ kept: "TypeError" });
  const still = await page.request.get(authorize, { maxRedirects: 0, headers: { accept: "text/html" } });
  expect(still.headers().location).toMatch(/^\/consent\?/);
});
