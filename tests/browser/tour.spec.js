// The tour: what each part of the page is for, for who wants to know.
import { expect, look, newTask, test } from "./app.js";

const card = (page) => page.getByRole("dialog");

test("the tour points at one part of the page after the other, by keyboard too", async ({ page, member }, info) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Take the tour" }).click();
  const headings = ["Write it down here", "Tick the box, open the title", "Nothing is lost", "Say it instead", "Use it from Claude, ChatGPT or Gemini"];
  for (const [at, heading] of headings.entries()) {
    await expect(card(page)).toHaveAccessibleName(heading);
    await expect(card(page).getByRole("heading", { name: heading })).toBeFocused();
    await expect(card(page).getByText(`${at + 1} of 5`)).toBeVisible();
    await expect(card(page).getByRole("heading", { name: heading })).toBeInViewport({ ratio: 1 });
    await look(page, info, `tour ${["add", "list", "activity", "assistant", "settings"][at]}`);
    await page.keyboard.press("Tab");
    if (at > 0) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }
  await expect(card(page)).toHaveCount(0);
  await expect(newTask(page)).toBeVisible();
});

test("the tour begins from the menu too, goes back, and ends at any time", async ({ page, context, keeper }) => {
  await context.addCookies(keeper);
  await page.goto("/");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Take the tour" }).click();
  await card(page).getByRole("button", { name: "Next" }).click();
  await card(page).getByRole("button", { name: "Back" }).click();
  await expect(card(page)).toHaveAccessibleName("Write it down here");
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
});
