// The settings: each change is made by the server, and seen there.
import { randomBytes } from "node:crypto";
import { expect, newAccount, newTask, section, signUp, test, violations } from "./app.js";

test("the name is changed and kept", async ({ page, member }) => {
  await page.goto("/settings");
  await section(page, "Profile").getByLabel("Name").fill("Zoe Zimmer");
  await section(page, "Profile").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(section(page, "Profile").getByLabel("Name")).toHaveValue("Zoe Zimmer");
});

test("the password is changed, and only the new one lets in", async ({ page, context, member }) => {
  await page.goto("/settings");
  const part = section(page, "Password");
  await part.getByLabel("Current password", { exact: true }).fill("not this one");
  await part.getByLabel("New password", { exact: true }).fill("another fine password");
  await part.getByRole("button", { name: "Change password" }).click();
  await expect(part.getByRole("alert")).toContainText("not right");
  await part.getByLabel("Current password", { exact: true }).fill(member.password);
  await part.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill("another fine password");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeVisible();
});

test("another device is seen and signed out", async ({ page, playwright, baseURL, member }) => {
  const other = await playwright.request.newContext({ baseURL, userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1" });
  const signedIn = await other.post("/api/auth/sign-in/email", { data: member, headers: { origin: baseURL } });
  expect(signedIn.status()).toBe(200);
  await page.goto("/settings");
  const part = section(page, "Sessions and devices");
  await expect(part.getByText("This device")).toHaveCount(1);
  await part.getByRole("button", { name: "Sign out Safari on iOS" }).click();
  await expect(part.getByText("Safari on iOS")).toHaveCount(0);
  expect(await (await other.get("/api/auth/get-session")).json()).toBeNull();
  await other.dispose();
});

test("colours and language are chosen, and stay", async ({ page, member }) => {
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  const bar = () => page.evaluate(() => [...document.querySelectorAll("meta[name=theme-color]")].filter(({ media }) => matchMedia(media).matches).map(({ content }) => content));
  expect(await bar(), "the bar of the browser").toEqual(["#0e1219"]);
  await page.getByLabel("Language", { exact: true }).selectOption("de");
  await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
  await expect(page.getByRole("radio", { name: "Dunkel" })).toBeChecked();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "Aufgaben" }).click();
  await expect(page.getByRole("textbox", { name: "Neue Aufgabe" })).toBeVisible();
});

test("an AI tool is told how to connect, and the text is copied", async ({ page, context, baseURL, member }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/settings");
  const part = section(page, "Connect an AI tool");
  await part.getByLabel("Your tool").selectOption("Gemini CLI");
  await expect(part.getByText(`gemini mcp add --transport http todo ${baseURL}/mcp`)).toBeVisible();
  await part.getByRole("button", { name: "Copy" }).nth(1).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("/mcp");
  await part.getByLabel("Your tool").selectOption("Cursor");
  const cursor = new URL(await part.getByRole("link", { name: "Add to Cursor" }).getAttribute("href"));
  expect(JSON.parse(atob(cursor.searchParams.get("config")))).toEqual({ url: `${baseURL}/mcp` });
  await part.getByLabel("Your tool").selectOption("VS Code");
  const code = await part.getByRole("link", { name: "Add to VS Code" }).getAttribute("href");
  expect(JSON.parse(decodeURIComponent(code.split("?")[1]))).toEqual({ name: "todo", type: "http", url: `${baseURL}/mcp` });
  for (const tool of ["Claude", "Claude Code", "Cursor", "VS Code", "Codex CLI", "Another one"]) {
    await part.getByLabel("Your tool").selectOption(tool);
    await expect(part.getByText(`${baseURL}/mcp`).last()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  }
});

/** Google's page, on which somebody chooses the account with this address. */
async function asPerson(page, email) {
  const claims = { sub: randomBytes(6).toString("hex"), email, email_verified: true, name: "Gina Lollo" };
  const hint = Buffer.from(JSON.stringify(claims)).toString("base64url");
  await page.route(/\/o\/oauth2\/v2\/auth\?/, (route) => route.continue({ url: `${route.request().url()}&login_hint=${hint}` }));
}

test("Google is linked, lets in, and is unlinked; somebody else's Google is not", async ({ page, context, request, member }) => {
  const { google } = await (await request.get("/api/auth/features")).json();
  test.skip(!google, "this app has no Google; `with-app` gives it a stand-in");
  const part = section(page, "Ways to sign in");
  await page.goto("/settings");
  await asPerson(page, newAccount("Gina").email);
  await part.getByRole("button", { name: "Link Google" }).click();
  await expect(page.getByText("Google could not be linked.")).toBeVisible();
  await page.unrouteAll();
  await asPerson(page, member.email);
  await part.getByRole("button", { name: "Link Google" }).click();
  await expect(part.getByRole("button", { name: "Unlink Google" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/settings");

  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(newTask(page)).toBeVisible();
  await page.goto("/settings");
  await expect(section(page, "Email address").getByText(member.email)).toBeVisible();
  await part.getByRole("button", { name: "Unlink Google" }).click();
  await expect(page.getByText("Unlinked", { exact: true })).toBeVisible();
  await expect(part.getByRole("button", { name: "Link Google" })).toBeVisible();
});

test("settings are for who is signed in", async ({ page, baseURL }) => {
  await page.goto("/settings");
  await expect(page).toHaveURL(/sign-in\?next=%2Fsettings/);
  await signUp(page.request, baseURL, newAccount("Ida"));
  await page.reload();
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
});

test("tasks are taken along and brought in again", async ({ page, member }) => {
  await member.add("take me along");
  await page.goto("/settings");
  const part = section(page, "Your data");
  // The second time there are two to take along.
  for (const [format, told] of [["CSV", "1 task was imported"], ["JSON", "2 tasks were imported"]]) {
    const download = page.waitForEvent("download");
    await part.getByRole("button", { name: `Export as ${format}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`tasks.${format.toLowerCase()}`);
    await part.getByLabel("Import tasks").last().setInputFiles(await kept(file));
    await part.getByRole("button", { name: /^Import \d task/ }).click();
    await expect(page.getByText(told)).toBeVisible();
    await page.getByRole("button", { name: "Dismiss" }).click();
  }
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(page.getByRole("checkbox", { name: "take me along" })).toHaveCount(4);
});

/** The file under its own name, which says what it is. */
async function kept(download) {
  const path = await download.path();
  const { readFile } = await import("node:fs/promises");
  return { name: download.suggestedFilename(), mimeType: "", buffer: await readFile(path) };
}

test("who signs in with Google alone is offered a link to set a password, and no form that asks for the one they lack", async ({ page, member }) => {
  await page.route("**/api/auth/features", (route) => route.fulfill({ json: { google: true, password_reset: true, email_verification: true, delete_user: true } }));
  await page.route("**/api/auth/list-accounts", (route) => route.fulfill({ json: [{ id: "a", providerId: "google", accountId: "1", scopes: [], createdAt: "2026-11-01T10:00:00.000Z", updatedAt: "2026-11-01T10:00:00.000Z" }] }));
  const asked = [];
  await page.route("**/api/auth/request-password-reset", (route) => {
    asked.push(route.request().postDataJSON().email);
    return route.fulfill({ json: { status: true } });
  });
  await page.goto("/settings");
  const part = section(page, "Password");
  await expect(part.getByText("You have no password")).toBeVisible();
  await expect(part.getByLabel("Current password")).toHaveCount(0);
  await part.getByRole("button", { name: "Send me a link to set one" }).click();
  await expect(page.getByText(`A link is on its way to ${member.email}.`)).toBeVisible();
  expect(asked).toEqual([member.email]);
});
