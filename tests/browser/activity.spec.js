// What changed the list, who did it, and undoing any of it.
import { readFile } from "node:fs/promises";
import { addByHand, box, deleteInRow, expect, look, section, test } from "./app.js";

test("every change is told with who made it, and can be undone there", async ({ page, member }) => {
  await member.add("from a program");
  await member.call("POST", "/chat", { message: "add milk" });
  await page.goto("/");
  await addByHand(page, "by hand");
  await deleteInRow(page, "from a program");
  await expect(box(page, "from a program")).toHaveCount(0);
  await page.getByRole("link", { name: "Activity" }).click();
  const changes = page.getByRole("list", { name: "Activity" }).getByRole("listitem");
  await expect(changes).toHaveCount(4);
  await expect(changes.nth(0)).toContainText("Deleted from a program");
  await expect(changes.nth(0)).toContainText("You");
  await expect(changes.nth(1)).toContainText("Added by hand");
  await expect(changes.nth(2)).toContainText("Assistant");
  await changes.nth(0).getByRole("button", { name: /^Undo/ }).click();
  await expect(changes.nth(1)).toContainText("Undone");
  await page.getByRole("combobox", { name: "Show" }).selectOption("By the assistant");
  await expect(changes).toHaveCount(1);
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(box(page, "from a program")).toBeVisible();
});

test("deleted tasks are found there, and come back @keyboard", async ({ page, member }, info) => {
  await member.add("one", "two", "three");
  await member.call("POST", "/tasks/delete", { ids: [1, 2] });
  await member.call("DELETE", "/tasks/3");
  await page.goto("/activity");
  await page.getByRole("combobox", { name: "Show" }).selectOption("Deleted tasks");
  const changes = page.getByRole("list", { name: "Activity" }).getByRole("listitem");
  await expect(changes).toHaveCount(2);
  await expect(changes.nth(1)).toContainText("Deleted 2 tasks: one, two");
  await look(page, info, "activity deleted");
  await changes.nth(1).getByRole("button", { name: /^Undo/ }).focus();
  await page.keyboard.press("Enter");
  await expect(changes).toHaveCount(1);
  await page.goto("/");
  await expect(box(page, "two")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
});

test("a response that is late does not replace what was chosen since", async ({ page, member }) => {
  await member.add("one");
  await member.call("DELETE", "/tasks/1");
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  const late = page.waitForResponse((response) => response.url().endsWith("/history"));
  await page.route(/\/history$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/activity");
  await page.getByRole("combobox", { name: "Show" }).selectOption("Deleted tasks");
  const changes = page.getByRole("list", { name: "Activity" }).getByRole("listitem");
  await expect(changes).toHaveCount(1);
  release();
  await (await late).finished();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await expect(changes).toHaveCount(1);
});

test("the activity is exported with the data of its user", async ({ page, member }) => {
  await member.call("POST", "/tasks/import", Array.from({ length: 101 }, (_, n) => ({ title: `task ${n}` })));
  for (let n = 1; n <= 101; n += 1) await member.call("PATCH", `/tasks/${n}/complete`);
  await page.goto("/settings");
  const file = page.waitForEvent("download");
  await section(page, "Your data").getByRole("button", { name: "Export the activity" }).click();
  const changes = JSON.parse(await readFile(await (await file).path(), "utf8"));
  expect(changes.map(({ id }) => id)).toEqual(Array.from({ length: 102 }, (_, n) => 102 - n));
  expect(changes[101]).toMatchObject({ kind: "import", count: 101 });
  expect(changes[0].tasks[0]).toMatchObject({ title: "task 100", after: { completed: true } });
});
