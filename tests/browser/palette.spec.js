// The command menu: everywhere and everything from one field, by keyboard.
import { box, expect, look, newTask, test } from "./app.js";

const menu = (page) => page.getByRole("dialog", { name: "Command menu" });
const field = (page) => menu(page).getByRole("combobox", { name: "Command menu" });
const option = (page, name) => menu(page).getByRole("option", { name });

test("the command menu goes to pages, lists, tags and tasks @keyboard", async ({ page, member }, info) => {
  await member.call("POST", "/lists", { name: "Garden" });
  await member.call("POST", "/tasks", { title: "paint the fence", list: "Garden", tags: ["outside"] });
  await member.add("call mum", "pay rent");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Garden" }).waitFor();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expect(option(page, /^Tasks/)).toHaveAttribute("aria-selected", "true");
  await look(page, info, "command menu");
  await page.keyboard.type("gard");
  await expect(menu(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(menu(page)).toHaveCount(0);
  await expect(page).toHaveURL(/list=Garden/);
  await expect(page.getByRole("heading", { name: "Garden" })).toBeVisible();

  // A task that is not on this page is looked up; its row has the focus.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rent");
  await expect(option(page, /pay rent/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(box(page, "pay rent")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(option(page, /^Garden/)).toContainText("List");
  await expect(option(page, /^Tasks/)).toContainText("Page");
  await page.keyboard.type("outside");
  await expect(option(page, /^outside/)).toContainText("Tag");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tag=outside/);
});

test("the command menu acts on the task that had the focus @keyboard", async ({ page, member }) => {
  await member.add("call mum", "pay rent");
  await page.goto("/");
  await box(page, "call mum").focus();
  await page.keyboard.press("Control+k");
  await expect(option(page, 'Complete "call mum"')).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await expect(menu(page).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await expect(menu(page).getByRole("option").last()).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(box(page, "call mum")).toBeChecked();

  await box(page, "pay rent").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("date of");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: /pay rent/ }).getByRole("button", { name: /^Tomorrow/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "pay rent" }).getByText("Tomorrow")).toBeVisible();
});

test("words and Enter that come while the command menu loads are meant for it @keyboard", async ({ page, member }) => {
  await member.add("call mum");
  let load;
  const held = new Promise((resolve) => {
    load = resolve;
  });
  await page.route("**/assets/Palette-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await box(page, "call mum").focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("complete");
  await page.keyboard.press("Enter");
  load();
  await expect(box(page, "call mum")).toBeChecked();
  await expect(menu(page)).toHaveCount(0);
});

test("the command menu finds words in any form, says when nothing has them, and Escape leaves everything @keyboard", async ({ page, member }) => {
  await member.add("Übung für die Prüfung");
  await page.goto("/");
  await newTask(page).fill("half a sen");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("UBUNG prufung");
  await expect(option(page, /Übung/)).toBeVisible();
  await page.keyboard.type(" xyz");
  await expect(menu(page).getByText("Nothing has these words.")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
  await expect(newTask(page)).toBeFocused();
  await expect(newTask(page)).toHaveValue("half a sen");
});

test("the command menu opens from the account's menu, and its sheets by a click", async ({ page, context, keeper, isMobile }) => {
  test.skip(isMobile, "without a keyboard there is no entry for it");
  await context.addCookies(keeper);
  await page.goto("/activity");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Command menu" }).click();
  await field(page).fill("keyb");
  await option(page, /Keyboard shortcuts/).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await field(page).fill("new task");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeFocused();
});
