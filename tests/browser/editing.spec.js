// What is typed into a task stays, whatever happens beside it.
import { box, expect, look, test } from "./app.js";

const editor = (page, title) => page.getByRole("textbox", { name: `New title for "${title}"` });

test("two tasks can be edited side by side, and neither text is lost", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "one"' }).click();
  await page.keyboard.type("first");
  await page.getByRole("button", { name: 'Edit "two"' }).click();
  await page.keyboard.type("second");
  await expect(editor(page, "one")).toHaveValue("first");
  await page.keyboard.press("Enter");
  await expect(box(page, "second")).toBeVisible();
  await editor(page, "one").press("Enter");
  await expect(box(page, "first")).toBeVisible();
});

test("the title of a task that is opened is selected, though the press that opens it ends after that", async ({ page, member }) => {
  await member.add("call mum");
  await page.goto("/");
  // As an engine does that puts the caret where the press ends.
  await page.evaluate(() => addEventListener("click", () => document.activeElement.setSelectionRange?.(0, 0)));
  await page.getByRole("button", { name: 'Edit "call mum"' }).click();
  await expect(editor(page, "call mum")).toBeFocused();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.keyboard.type("call dad");
  await expect(editor(page, "call mum")).toHaveValue("call dad");
  // A key that is pressed at once is not undone by that.
  await page.keyboard.press("Escape");
  await box(page, "call mum").focus();
  await page.evaluate(() => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press("e");
    queueMicrotask(() => {
      press("End");
      document.activeElement.setSelectionRange(8, 8);
    });
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.keyboard.type("!");
  await expect(editor(page, "call mum")).toHaveValue("call mum!");
});

test("the text for a task that was deleted elsewhere can be had again", async ({ page, member }, info) => {
  await member.add("pay rent", "call mum");
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "pay rent"' }).click();
  await page.keyboard.type("pay rent and power");
  await member.call("DELETE", "/tasks/1");
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  const notice = page.getByRole("alert").filter({ hasText: '"pay rent" was deleted elsewhere' });
  await expect(notice).toContainText("pay rent and power");
  await look(page, info, "tasks deleted elsewhere");
  await notice.getByRole("button", { name: "Add it again" }).click();
  await expect(box(page, "pay rent and power")).toBeVisible();
  await expect(notice).toHaveCount(0);
  await expect.poll(async () => (await (await member.call("GET", "/tasks/1")).json()).title).toBe("pay rent and power");
});
