// What the browser suites share: a test whose page belongs to somebody who has just signed up, and looks at the page
// the way its people would complain about it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import { newAccount } from "../clients/web/account.js";

export { expect, newAccount };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const someAddress = () => ({ "x-forwarded-for": `10.${[0, 0, 0].map(() => randomInt(1, 255)).join(".")}` });

export const test = base.extend({
  // An address of its own, so that the limits on tries from one address are not shared by all tests.
  extraHTTPHeaders: async ({}, use) => use(someAddress()),
  // The completed tasks below the list are unfolded, unless a test folds them.
  context: async ({ context }, use) => {
    await context.addInitScript(() => {
      if (location.protocol.startsWith("http") && localStorage.getItem("completed") === null) localStorage.setItem("completed", "open");
    });
    await use(context);
  },
  // Script errors and refusals of the security policy fail a test that asks for them.
  complaints: async ({ page }, use) => {
    const heard = [];
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
    await use(heard);
  },
  // Somebody who has just signed up, with the session in the page's browser.
  member: async ({ page, baseURL }, use) => use(await signUp(page.request, baseURL, newAccount("Zoe"))),
  // For tests that only look: somebody with an empty list, and somebody with a few tasks, signed in once for them all.
  starter: [async ({ playwright }, use, { project }) => use(await cookiesOf(playwright, project)), { scope: "worker" }],
  keeper: [async ({ playwright }, use, { project }) => use(await cookiesOf(playwright, project, fewTasks)), { scope: "worker" }],
});

async function cookiesOf(playwright, { use: { baseURL } }, prepare = () => {}) {
  const request = await playwright.request.newContext({ baseURL, extraHTTPHeaders: someAddress() });
  await prepare(await signUp(request, baseURL, newAccount("Zoe")));
  const { cookies } = await request.storageState();
  await request.dispose();
  return cookies;
}

async function fewTasks(member) {
  await member.call("POST", "/tasks", { title: "buy milk", description: "oat, two litres" });
  await member.add("water plants", "renew the passport before the summer, and ask whether the children need new ones as well");
  await member.call("PATCH", "/tasks/2/complete");
}

export async function signUp(request, baseURL, account) {
  const response = await request.post("/api/auth/sign-up/email", { data: account, headers: { origin: baseURL } });
  expect(response.status(), await response.text()).toBe(200);
  const { user } = await response.json();
  const { token } = await (await request.get("/api/auth/token")).json();
  const headers = { authorization: `Bearer ${token}` };
  const call = async (method, path, data) => {
    const answered = await request.fetch(`/api/${user.id}${path}`, { method, headers, data });
    expect(answered.ok(), `${method} ${path}: ${answered.status()} ${await answered.text()}`).toBe(true);
    return answered;
  };
  const add = async (...titles) => {
    for (const title of titles) await call("POST", "/tasks", { title });
  };
  return { ...account, id: user.id, call, add };
}

/** Violations of WCAG 2.2 A and AA on the page as it is; of one rule, if it is named. */
export async function violations(page, rule) {
  // Colours are judged when they have stopped changing.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => 0))));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run({ runOnly }), rule ? [rule] : RULES);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
}

/** In both colours: nothing against WCAG, nothing wider than the screen, and a picture in artifacts/pages. */
export async function look(page, info, name) {
  const file = `${name.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.png`;
  const { colorScheme, viewport } = info.project.use;
  // The index of the settings covers what is behind it while the page is scrolled.
  if (name.startsWith("settings")) await page.evaluate(() => scrollTo(0, 0));
  expect(await violations(page)).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "nothing is wider than the screen").toBeLessThanOrEqual(0);
  expect(await cutControls(page), "no control is cut by the edge of the screen").toEqual([]);
  for (const colours of [colorScheme, colorScheme === "light" ? "dark" : "light"]) {
    await page.emulateMedia({ colorScheme: colours });
    if (colours !== colorScheme) expect(await violations(page, "color-contrast")).toEqual([]);
    const path = `${info.project.outputDir}/pages/${viewport.width < 600 ? "phone" : "desktop"}-${colours}/${file}`;
    await page.screenshot({ path, fullPage: /^(settings|docs)/.test(name), animations: "disabled" });
  }
}

/** The controls that reach over the edge of the screen, but for those in a row that can be scrolled. */
function cutControls(page) {
  return page.evaluate(() => {
    const scrolls = (element) => element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const isCut = (control) => control.checkVisibility({ visibilityProperty: true }) && control.getBoundingClientRect().right > innerWidth + 1 && !scrolls(control.parentElement);
    return [...document.querySelectorAll("button, a, input, select, textarea")].filter(isCut).map((control) => control.ariaLabel ?? control.textContent);
  });
}

/** Deletes a task by its row; by touch its buttons stand behind one. */
export async function deleteInRow(page, title) {
  const more = page.getByRole("button", { name: `More for "${title}"` });
  const remove = page.getByRole("button", { name: `Delete "${title}"` });
  await expect(more.or(remove).filter({ visible: true }).first()).toBeVisible();
  if (await more.isVisible()) await more.click();
  await remove.click();
}

/** Pastes a text into the line that adds tasks. */
export async function paste(page, text) {
  await newTask(page).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    field.focus();
    if (field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))) document.execCommand("insertText", false, pasted.replaceAll("\n", " "));
  }, text);
}

export async function signOut(page) {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
}

export const section = (page, name) => page.getByRole("region", { name, exact: true });
export const box = (page, title) => page.getByRole("checkbox", { name: title, exact: true });
export const newTask = (page) => page.getByRole("textbox", { name: "New task" });

export async function signIn(page, { email, password }) {
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function addByHand(page, title) {
  await newTask(page).fill(title);
  await page.keyboard.press("Enter");
  await expect(box(page, title)).toBeEnabled();
}

export async function openAssistant(page) {
  await page.getByRole("button", { name: "Open assistant" }).click();
  const panel = page.getByRole("dialog", { name: "Assistant" });
  await expect(panel.getByRole("textbox", { name: "Message" })).toBeFocused();
  return panel;
}

/** What the chat sends as a stream of these events. */
export function stream(...events) {
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  return { contentType: "text/event-stream", body: `${body}data: [DONE]\n\n` };
}

/** Where the tool waits for its user. */
export const callback = "http://127.0.0.1:8912/callback";

/** The address to which a tool that has just registered sends its user. */
export async function authorization(baseURL, client_name = "Notebook AI") {
  const registration = { client_name, redirect_uris: [callback], token_endpoint_auth_method: "none", application_type: "native", grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };
  // By itself, with no cookie of anybody.
  const registered = await fetch(`${baseURL}/api/auth/oauth2/register`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(registration) });
  expect(registered.status).toBe(201);
  const { client_id } = await registered.json();
  const challenge = createHash("sha256").update(randomBytes(32).toString("base64url")).digest("base64url");
  const query = { response_type: "code", client_id, redirect_uri: callback, scope: "openid tasks:read tasks:write offline_access", state: "st1", code_challenge: challenge, code_challenge_method: "S256", resource: `${baseURL}/mcp` };
  return `/api/auth/oauth2/authorize?${new URLSearchParams(query)}`;
}

export async function waiting(page) {
  await page.route(`${callback}*`, (route) => route.fulfill({ contentType: "text/html", body: "<title>tool</title>" }));
}
