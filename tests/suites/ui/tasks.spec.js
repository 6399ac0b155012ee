// The task list by hand: every change is there at once, survives a reload, and goes back when the server refuses.
import { addByHand, box, expect, newTask, test } from "./app.js";

test("a task is added, completed, edited with notes, and all of it is kept", async ({ page, member, complaints }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await addByHand(page, "water plants");
  await addByHand(page, "call mum");
  await box(page, "call mum").check();
  await page.getByRole("button", { name: 'Rename "water plants"' }).click();
  await expect(page.getByRole("textbox", { name: 'New title for "water plants"' })).toBeFocused();
  await page.keyboard.type("water all plants");
  await page.getByRole("textbox", { name: "Notes" }).fill("the ferns too");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("the ferns too")).toBeVisible();
  await expect(page.getByText("1 pending, 1 completed")).toBeVisible();
  await page.reload();
  await expect(box(page, "call mum")).toBeChecked();
  await expect(box(page, "water all plants")).not.toBeChecked();
  await expect(page.getByText("the ferns too")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a deleted task comes back with its number", async ({ page, member }) => {
  await member.add("first", "second");
  await page.goto("/");
  await page.getByRole("button", { name: 'Delete "first"' }).click();
  await expect(box(page, "first")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(box(page, "first")).toBeVisible();
  await expect(page.getByText("#1", { exact: true })).toBeVisible();
  await page.reload();
  await expect(box(page, "first")).toBeVisible();
});

test("filter and search are in the address and work together", async ({ page, member }) => {
  await member.add("buy milk", "buy bread", "call mum");
  await member.call("PATCH", "/tasks/2/complete");
  await page.goto("/?status=pending&q=buy");
  await expect(page.getByRole("textbox", { name: "Search tasks" })).toHaveValue("buy");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.getByRole("link", { name: "All" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  expect(new URL(page.url()).search).toBe("?q=buy");
  await page.getByRole("textbox", { name: "Search tasks" }).fill("xyz");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
  await page.goBack();
  await expect(page.getByRole("link", { name: "Pending" })).toHaveAttribute("aria-current", "page");
});

test("what the server refuses is taken back, told, and can be tried again", async ({ page, member }) => {
  await member.add("stays");
  await page.goto("/");
  await expect(box(page, "stays")).toBeVisible();
  await page.route("**/tasks/1", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }));
  await page.getByRole("button", { name: 'Delete "stays"' }).click();
  await expect(page.getByRole("alert").filter({ hasText: '"stays" was not deleted' })).toBeVisible();
  await expect(box(page, "stays")).toBeVisible();
  await page.unroute("**/tasks/1");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(box(page, "stays")).toHaveCount(0);
});

test("what was typed is not lost when it cannot be saved", async ({ page, member }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await page.route("**/tasks", (route) => route.abort());
  await newTask(page).fill("not lost");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "was not added" })).toBeVisible();
  await expect(newTask(page)).toHaveValue("not lost");
});

test("two tabs stay in step", async ({ page, context, member }) => {
  await member.add("shared");
  await page.goto("/");
  await expect(box(page, "shared")).toBeVisible();
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("checkbox", { name: "shared" }).check();
  await expect(box(page, "shared")).toBeChecked();
  await addByHand(other, "from the other tab");
  await expect(box(page, "from the other tab")).toBeVisible();
});

test("the whole list by keyboard alone", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  await member.add("one", "two", "three");
  await page.goto("/");
  await expect(box(page, "three")).toBeVisible();
  await page.keyboard.press("n");
  await expect(newTask(page)).toBeFocused();
  await page.keyboard.type("four");
  await page.keyboard.press("Enter");
  await expect(box(page, "four")).toBeEnabled();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Tasks" }).click();
  await page.keyboard.press("j");
  await expect(box(page, "four")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(box(page, "three")).toBeChecked();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: 'New title for "two"' })).toBeFocused();
  await page.keyboard.type("two and a half");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: 'Rename "two and a half"' })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(box(page, "two and a half")).toHaveCount(0);
  await expect(page.getByRole("button", { name: 'Delete "one"' })).toBeFocused();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(box(page, "two and a half")).toBeVisible();
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/status=pending/);
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search tasks" })).toBeFocused();
});

test("the help sheet lists the keys and turns them off", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Write a new task")).toBeVisible();
  await sheet.getByRole("checkbox", { name: "Use single keys as shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(newTask(page)).not.toBeFocused();
  await page.reload();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(sheet.getByRole("checkbox")).not.toBeChecked();
});

test("five thousand tasks are drawn a screenful at a time", async ({ page, member }) => {
  const tasks = Array.from({ length: 5000 }, (_, index) => ({ id: index + 1, title: `task ${index + 1}`, description: null, completed: index % 2 === 0 }));
  await page.route("**/tasks", (route) => route.fulfill({ json: tasks }));
  await page.goto("/");
  await expect(page.getByText("2500 pending, 2500 completed")).toBeVisible();
  const drawn = await page.getByRole("checkbox").count();
  expect(drawn).toBeLessThan(200);
  await page.getByRole("checkbox").last().scrollIntoViewIfNeeded();
  await expect.poll(() => page.getByRole("checkbox").count()).toBeGreaterThan(drawn);
  await page.getByRole("textbox", { name: "Search tasks" }).fill("#4321");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});

test("a title is shown as text, whatever it holds", async ({ page, member, complaints }) => {
  const title = '<img src=x onerror="document.title=1"><b>bold</b>';
  await member.add(title);
  await page.goto("/");
  await expect(page.getByText(title)).toBeVisible();
  expect(complaints).toEqual([]);
});
