// The whole story in a browser: sign up, keep tasks by hand, then by chat; sign out, and in again.
import { box, expect, newAccount, newTask, signOut, test, violations } from "./app.js";

/** Goes there by the Tab key, as somebody without a mouse does. */
async function tabTo(page, target) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60 && !(await target.evaluate((element) => element === document.activeElement)); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("sign up, add, complete and delete tasks, then chat, by keyboard alone", async ({ page, complaints, isMobile }) => {
  const press = (key) => page.keyboard.press(key);
  await page.goto("/");
  await tabTo(page, page.getByRole("link", { name: "Create an account" }));
  await press("Enter");
  const account = newAccount("Zoe");
  for (const [label, text] of [["Name", account.name], ["Email", account.email], ["Password", account.password]]) {
    await tabTo(page, page.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  }
  await press("Enter");
  await tabTo(page, newTask(page));
  for (const title of ["buy groceries", "call mum", "water plants"]) {
    await page.keyboard.type(title);
    await press("Enter");
    await expect(box(page, title)).toBeEnabled();
  }
  await tabTo(page, box(page, "call mum"));
  await press("Space");
  await expect(box(page, "call mum")).toBeChecked();
  if (isMobile) {
    await tabTo(page, page.getByRole("button", { name: 'More for "call mum"' }));
    await press("Enter");
  }
  await tabTo(page, page.getByRole("button", { name: 'Delete "call mum"' }));
  await press("Enter");
  await expect(box(page, "call mum")).toHaveCount(0);

  await tabTo(page, page.getByRole("button", { name: "Open assistant" }));
  await press("Enter");
  const panel = page.getByRole("dialog", { name: "Assistant" });
  await expect(panel.getByRole("textbox", { name: "Message" })).toBeFocused();
  await page.keyboard.type("Mark task #1 as complete");
  await press("Enter");
  await expect(panel.getByRole("log").getByText("#1 buy groceries", { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await tabTo(page, panel.getByRole("button", { name: "Close assistant" }));
  await press("Enter");
  await expect(page.getByRole("button", { name: "Open assistant" })).toBeFocused();
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
  await signOut(page);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("stay here");
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("stay here")).toHaveCount(0);

  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("form").getByRole("alert")).toContainText("Wrong email or password");
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.keyboard.press("Enter");
  await expect(box(page, "stay here")).toBeVisible();
});
