// The whole story in a browser: sign up, keep tasks by hand, then by chat; sign out, and in again.
import { addByHand, box, expect, newAccount, openAssistant, test, violations } from "./app.js";

test("sign up, add, complete, rename and delete tasks, then chat", async ({ page, complaints }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.getByRole("link", { name: "Create an account" }).click();
  const account = newAccount("Zoe");
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await addByHand(page, "buy groceries");
  await addByHand(page, "call mum");
  await addByHand(page, "water plants");
  await box(page, "call mum").check();
  await page.getByRole("button", { name: 'Delete "call mum"' }).click();
  await expect(box(page, "call mum")).toHaveCount(0);

  const panel = await openAssistant(page);
  await panel.getByRole("textbox", { name: "Message" }).fill("Mark task #1 as complete");
  await panel.getByRole("button", { name: "Send" }).click();
  await expect(panel.getByText("#1 buy groceries", { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await panel.getByRole("button", { name: "Close assistant" }).click();
  await expect(box(page, "buy groceries")).toBeChecked();

  await page.reload();
  await expect(box(page, "buy groceries")).toBeChecked();
  await expect(box(page, "water plants")).not.toBeChecked();
  expect(complaints).toEqual([]);
});

test("after signing out the list is gone, after signing in it is back", async ({ page, member }) => {
  await member.add("stay here");
  await page.goto("/");
  await expect(box(page, "stay here")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("stay here");
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("stay here")).toHaveCount(0);

  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("form").getByRole("alert")).toContainText("not right");
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.keyboard.press("Enter");
  await expect(box(page, "stay here")).toBeVisible();
});
