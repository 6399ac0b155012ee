// A page whose code could not be loaded can be had again, and nothing that was typed is lost on the way.
import { expect, newTask, test } from "./app.js";

test("a page whose code failed to load is there after another try, with what was typed", async ({ page, member }) => {
  let missing = true;
  await page.route("**/assets/Settings-*.js", (route) =>
    missing ? route.fulfill({ status: 404, body: "" }) : route.continue(),
  );
  await page.goto("/");
  await newTask(page).fill("half a thought");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "This page could not be loaded" })).toBeVisible();
  missing = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(newTask(page)).toHaveValue("half a thought");
});

test("without a connection another try keeps the page", async ({ page, context, member }) => {
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("link", { name: "Settings" }).click();
  const heading = page.getByRole("heading", { name: "This page could not be loaded" });
  await expect(heading).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
});

test("a part whose code failed to load says so, until it is there after another try", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "the way to a new list is another one there");
  let missing = true;
  await page.route(/assets\/(ListDialog|assistant~Panel)-.*js/, (route) => (missing ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  await page.goto("/");
  for (const [button, dialog] of [["New list", "New list"], ["Open assistant", "Assistant"]]) {
    missing = true;
    await page.getByRole("button", { name: button }).click();
    const notice = page.getByText("This part of the page could not be loaded.");
    await expect(notice).toBeVisible();
    missing = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
    await expect(notice).toHaveCount(0);
    await page.keyboard.press("Escape");
  }
});
