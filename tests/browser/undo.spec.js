// Every change by hand says what it did, and can be taken back.
import { addByHand, box, deleteInRow, expect, newTask, test } from "./app.js";

test("a task that is ticked leaves the pending ones with a word, an undo and the focus on its neighbour @keyboard", async ({ page, member }) => {
  await member.add("pay rent", "call mum");
  await page.goto("/?status=pending");
  await expect(box(page, "call mum")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(box(page, "call mum")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: 'Completed "call mum"' })).toBeVisible();
  await expect(box(page, "pay rent")).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(box(page, "pay rent")).not.toBeChecked();
  await page.keyboard.press("u");
  await expect(box(page, "call mum")).not.toBeChecked();
});

test("undo walks back through all changes, the newest first @keyboard", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  await addByHand(page, "three");
  await deleteInRow(page, "one");
  await deleteInRow(page, "two");
  await expect(page.getByRole("status").filter({ hasText: 'Deleted "two"' })).toBeVisible();
  await page.getByRole("button", { name: 'Edit "three"' }).click();
  await page.keyboard.type("tree");
  await page.keyboard.press("Enter");
  await expect(box(page, "tree")).toBeVisible();
  await expect(page.getByText('Changed "three"')).toBeAttached();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(box(page, "three")).toBeVisible();
  await page.keyboard.press("u");
  await expect(box(page, "two")).toBeVisible();
  await page.keyboard.press("u");
  await expect(box(page, "one")).toBeVisible();
  await page.keyboard.press("u");
  await expect(box(page, "three")).toHaveCount(0);
  await expect.poll(async () => (await (await member.call("GET", "/tasks")).json()).map(({ title }) => title).toSorted()).toEqual(["one", "two"]);
});

test("letters are shortcuts in any case, and Backspace deletes too @keyboard", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  await expect(box(page, "two")).toBeVisible();
  await page.keyboard.press("J");
  await page.keyboard.press("X");
  await expect(box(page, "two")).toBeChecked();
  await expect(box(page, "one")).toBeFocused();
  await page.keyboard.press("Backspace");
  await expect(box(page, "one")).toHaveCount(0);
  await page.keyboard.press("U");
  await expect(box(page, "one")).toBeVisible();
});

test("Enter in the empty line adds nothing and says nothing", async ({ page, member }) => {
  await page.goto("/");
  await addByHand(page, "one");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeFocused();
  await expect(newTask(page)).toHaveAttribute("aria-invalid", "false");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});

test("an open task is never struck through, and forced colours mark what is current", async ({ page, keeper, context }) => {
  await context.addCookies(keeper);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/");
  const line = (title) => page.getByText(title, { exact: true }).evaluate((element) => getComputedStyle(element).textDecorationLine);
  await expect(box(page, "buy milk")).not.toBeChecked();
  expect(await line("buy milk")).toBe("none");
  expect(await line("water plants")).toBe("line-through");
  for (const name of ["Tasks"]) {
    const link = page.getByRole("link", { name, exact: true });
    expect(await link.evaluate((element) => getComputedStyle(element).borderBottomStyle), name).toBe("solid");
  }
});

test("forced colours show what is chosen and what has the focus", async ({ page, keeper, context }) => {
  await context.addCookies(keeper);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/");
  await expect(box(page, "buy milk")).toBeVisible();
  const outline = (field) => field.evaluate((element) => getComputedStyle(element).outlineStyle);
  await newTask(page).focus();
  expect(await outline(newTask(page))).toBe("solid");
  const ground = (element) => element.evaluate((shown) => getComputedStyle(shown).backgroundColor);
  const title = page.getByRole("button", { name: 'Edit "buy milk"' });
  const before = await ground(title);
  await title.click({ modifiers: ["ControlOrMeta"] });
  await expect(title).toHaveAttribute("aria-pressed", "true");
  expect(await ground(title)).not.toBe(before);
});

test("with reduced motion nothing moves for longer than a moment", async ({ page, keeper, context }) => {
  await context.addCookies(keeper);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.route("**/chat", () => {}); // no response ever
  await page.goto("/");
  await page.getByRole("button", { name: "Open assistant" }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("add milk");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Working on it…")).toBeVisible();
  const longest = await page.evaluate(() => {
    const styles = [...document.querySelectorAll("*")].flatMap((element) => [null, "::before", "::after"].map((part) => getComputedStyle(element, part)));
    const seconds = (list) => Math.max(...list.split(",").map(Number.parseFloat));
    return Math.max(...styles.map(({ animationDuration, animationName, animationIterationCount, transitionDuration }) => Math.max(seconds(transitionDuration), animationName === "none" ? 0 : seconds(animationDuration) * seconds(animationIterationCount))));
  });
  expect(longest).toBeLessThanOrEqual(0.01);
});
