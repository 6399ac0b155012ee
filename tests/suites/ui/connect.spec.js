// An AI tool connects: it sends its user here, who signs in, sees what it asks for, and can send it away again.
import { createHash, randomBytes } from "node:crypto";
import { expect, newAccount, signUp, test } from "./app.js";

const callback = "http://127.0.0.1:8912/callback";

/** The address to which a tool that has just registered sends its user. */
async function authorization(baseURL) {
  const registration = { client_name: "Notebook AI", redirect_uris: [callback], token_endpoint_auth_method: "none", application_type: "native", grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };
  // By itself, with no cookie of anybody.
  const registered = await fetch(`${baseURL}/api/auth/oauth2/register`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(registration) });
  expect(registered.status).toBe(201);
  const { client_id } = await registered.json();
  const challenge = createHash("sha256").update(randomBytes(32).toString("base64url")).digest("base64url");
  const query = { response_type: "code", client_id, redirect_uri: callback, scope: "openid tasks:read tasks:write offline_access", state: "st1", code_challenge: challenge, code_challenge_method: "S256", resource: `${baseURL}/mcp` };
  return `/api/auth/oauth2/authorize?${new URLSearchParams(query)}`;
}

/** Where the tool waits for its user. */
async function waiting(page) {
  await page.route(`${callback}*`, (route) => route.fulfill({ contentType: "text/html", body: "<title>tool</title>" }));
}

test("somebody signs in for a tool, lets it in, and sends it away", async ({ page, playwright, baseURL, extraHTTPHeaders }) => {
  const elsewhere = await playwright.request.newContext({ baseURL, extraHTTPHeaders });
  const account = newAccount("Mia");
  await signUp(elsewhere, baseURL, account);
  await waiting(page);
  await page.goto(await authorization(baseURL));
  await expect(page.getByText("Sign in to connect an app")).toBeVisible();
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connect Notebook AI?" })).toBeVisible();
  await expect(page.getByText("Add, change and delete your tasks")).toBeVisible();
  await expect(page.getByText("127.0.0.1:8912")).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${callback}*`);
  const answer = new URL(page.url()).searchParams;
  expect(answer.get("code")).toBeTruthy();
  expect(answer.get("state")).toBe("st1");

  await page.goto("/settings");
  const apps = page.getByRole("region", { name: "Connected apps" });
  await apps.getByRole("button", { name: "Disconnect Notebook AI" }).click();
  await expect(apps.getByText("No app is connected.")).toBeVisible();
  await elsewhere.dispose();
});

test("a tool that is refused is told so", async ({ page, baseURL, member }) => {
  await waiting(page);
  await page.goto(await authorization(baseURL));
  await page.getByRole("button", { name: "Refuse" }).click();
  await page.waitForURL(`${callback}*`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
});

test("a new account is made for a tool on the way", async ({ page, baseURL }) => {
  await waiting(page);
  await page.goto(await authorization(baseURL));
  await page.getByRole("link", { name: "Create an account" }).click();
  const account = newAccount("Lea");
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connect Notebook AI?" })).toBeVisible();
});
