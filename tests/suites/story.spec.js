// The whole story in a browser: sign up, keep tasks by hand, then by chat.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { newAccount } from "./account.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Violations of WCAG 2.2 A and AA on the page as it is.
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

// Collects what a user would only see in the console: script errors and refusals of the security policy.
function complaints(page) {
  const heard = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("console", (message) => message.type() === "error" && heard.push(message.text()));
  return heard;
}

async function signUp(page, account) {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("textbox", { name: "New task" })).toBeVisible();
}

async function add(page, title) {
  await page.getByRole("textbox", { name: "New task" }).fill(title);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: title })).toBeVisible();
}

test("sign up, add, complete, rename and delete tasks, then chat", async ({ page }, info) => {
  const heard = complaints(page);
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await signUp(page, newAccount("Zoe"));
  await add(page, "buy groceries");
  await add(page, "call mum");
  await add(page, "water plants");

  await page.getByRole("checkbox", { name: "call mum" }).check();
  await page.getByRole("button", { name: 'Rename "water plants"' }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("water all plants");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: 'Delete "call mum"' }).click();
  await expect(page.getByRole("checkbox", { name: "call mum" })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "water all plants" })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Open assistant" }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("Mark task #1 as complete");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("checkbox", { name: "buy groceries" })).toBeChecked();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath("story.png") });

  await page.reload();
  await expect(page.getByRole("checkbox", { name: "buy groceries" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "water all plants" })).not.toBeChecked();
  expect(heard).toEqual([]);
});

test("after signing out the list is gone, after signing in it is back", async ({ page }) => {
  const account = newAccount("Ida");
  await signUp(page, account);
  await add(page, "stay here");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByText("stay here")).toHaveCount(0);

  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not right");
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("checkbox", { name: "stay here" })).toBeVisible();
});

test("a title is shown as text, whatever it holds", async ({ page }) => {
  const heard = complaints(page);
  await signUp(page, newAccount("Eve"));
  const title = '<img src=x onerror="document.title=1"><b>bold</b>';
  await add(page, title);
  await page.reload();
  await expect(page.getByText(title)).toBeVisible();
  expect(heard).toEqual([]);
});
