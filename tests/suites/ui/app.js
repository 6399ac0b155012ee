// What the browser suites share: a test whose page belongs to somebody who has just signed up, and looks at the page
// the way its people would complain about it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { randomInt } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import { newAccount } from "../account.js";

export { expect, newAccount };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const test = base.extend({
  // An address of its own, so that the limits on tries from one address are not shared by all tests.
  extraHTTPHeaders: async ({}, use) => use({ "x-forwarded-for": `10.${[0, 0, 0].map(() => randomInt(1, 255)).join(".")}` }),
  // Script errors and refusals of the security policy fail a test that asks for them.
  complaints: async ({ page }, use) => {
    const heard = [];
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/features") && heard.push(message.text()));
    await use(heard);
  },
  // Somebody who has just signed up, with the session in the page's browser.
  member: async ({ page, baseURL }, use) => use(await signUp(page.request, baseURL, newAccount("Zoe"))),
});

export async function signUp(request, baseURL, account) {
  const answer = await request.post("/api/auth/sign-up/email", { data: account, headers: { origin: baseURL } });
  expect(answer.status(), await answer.text()).toBe(200);
  const { user } = await answer.json();
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

/** Violations of WCAG 2.2 A and AA on the page as it is. */
export async function violations(page) {
  // Colours are judged when they have stopped changing.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => 0))));
  await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run({ runOnly }), RULES);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
}

export const box = (page, title) => page.getByRole("checkbox", { name: title, exact: true });
export const newTask = (page) => page.getByRole("textbox", { name: "New task" });

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

/** What the chat answers as a stream of these events. */
export function stream(...events) {
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  return { contentType: "text/event-stream", body: `${body}data: [DONE]\n\n` };
}
