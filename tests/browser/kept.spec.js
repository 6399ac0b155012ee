// What was typed or done is never gone without a word.
import { addByHand, box, expect, newTask, paste, section, test } from "./app.js";

test("what is half typed survives a reload: the new task, an edit and a message", async ({ page, member }) => {
  await member.add("call mum");
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "call mum"' }).click();
  await page.keyboard.type("call mum and");
  await newTask(page).fill("half a task");
  await page.reload();
  await expect(newTask(page)).toHaveValue("half a task");
  await expect(page.getByRole("textbox", { name: 'New title for "call mum"' })).toHaveValue("call mum and");
  await page.getByRole("button", { name: "Open assistant" }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("half a question");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("half a question");
});

test("what is half typed in the settings is kept until it is saved, but no password is", async ({ page, member }) => {
  const name = section(page, "Profile").getByRole("textbox");
  const address = page.getByRole("textbox", { name: "New email address" });
  const token = section(page, "Access tokens").getByRole("textbox");
  const password = page.getByLabel("Current password");
  const expectKept = async () => {
    await expect(name).toHaveValue("Zoe Half");
    await expect(address).toHaveValue("zoe@new.exam");
    await expect(token).toHaveValue("back");
    await expect(password).toHaveValue("");
  };
  await page.goto("/settings");
  await name.fill("Zoe Half");
  await address.fill("zoe@new.exam");
  await token.fill("back");
  await password.fill("half a secret");
  await page.getByRole("link", { name: "Todo" }).click();
  await expect(newTask(page)).toBeVisible();
  await page.goBack();
  await expectKept();
  await password.fill("half a secret");
  await page.reload();
  await expectKept();
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("secret");
  await section(page, "Profile").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Zoe Half");
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Zoe Half");
});

test("lines that are pasted in a list become tasks of that list", async ({ page, member }) => {
  await member.call("POST", "/lists", { name: "Garden" });
  await member.call("POST", "/tasks", { title: "paint the fence", list: "Garden", tags: ["outside"] });
  await page.goto("/?list=Garden");
  await expect(box(page, "paint the fence")).toBeVisible();
  await paste(page, "rake leaves\nmow the lawn");
  await page.getByRole("button", { name: "Add 2 tasks" }).click();
  await expect(box(page, "mow the lawn")).toBeVisible();
  await expect(page.getByText("Added 2 tasks")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
});

test("lines that are pasted as a step become steps, and a half typed step is there again", async ({ page, member }) => {
  await member.add("pack", "other");
  await page.goto("/");
  await box(page, "pack").focus();
  await page.keyboard.press("t");
  const step = page.getByRole("textbox", { name: 'New step of "pack"' });
  await step.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "- tent\n- stove\n- map");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  const steps = page.getByRole("list", { name: 'Steps of "pack"' });
  await expect(steps.getByRole("checkbox")).toHaveCount(3);
  await expect.poll(() => steps.getByRole("checkbox").evaluateAll((boxes) => boxes.map(({ ariaLabel }) => ariaLabel))).toEqual(["tent", "stove", "map"]);
  await step.fill("half a st");
  await box(page, "other").focus();
  await page.keyboard.press("t");
  await expect(page.getByRole("textbox", { name: 'New step of "other"' })).toBeFocused();
  await page.keyboard.press("Escape");
  await box(page, "pack").focus();
  await page.keyboard.press("t");
  await expect(step).toHaveValue("half a st");
  await page.reload();
  await box(page, "pack").focus();
  await page.keyboard.press("t");
  await expect(step).toHaveValue("half a st");
});

test("an edit that takes a task out of the view is told, with a way back", async ({ page, member }) => {
  await member.add("milk", "bread");
  await page.goto("/?q=milk");
  await page.getByRole("button", { name: 'Edit "milk"' }).click();
  await page.keyboard.type("butter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByText('Changed "milk"')).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(box(page, "milk")).toBeVisible();
});

test("changes of lists are steps of undo too @keyboard", async ({ page, member }) => {
  await member.call("POST", "/lists", { name: "Garden" });
  await member.call("POST", "/tasks", { title: "paint the fence", list: "Garden" });
  const entry = (name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });
  await page.goto("/?list=Garden");
  await page.getByRole("button", { name: "Edit list" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit list" });
  await sheet.getByRole("textbox", { name: "Name" }).fill("Yard");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Yard" })).toBeVisible();
  await page.getByRole("button", { name: "Edit list" }).click();
  await sheet.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByText('Archived the list "Yard"')).toBeVisible();
  await expect(entry("Yard")).toHaveCount(0);
  await page.getByRole("heading", { name: "Tasks" }).click();
  await page.keyboard.press("Control+z");
  await expect(entry("Yard")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(entry("Garden")).toBeVisible();
});

test("keys are the same on a layout of other letters @keyboard", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  await expect(box(page, "two")).toBeVisible();
  // The keys n, k and z of a Russian keyboard.
  const press = (key, code, more = {}) => page.evaluate(([key, code, more]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more })), [key, code, more]);
  await press("т", "KeyN");
  await expect(newTask(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await addByHand(page, "three");
  await page.keyboard.press("Escape");
  await press("я", "KeyZ", { ctrlKey: true });
  await expect(box(page, "three")).toHaveCount(0);
  await press("л", "KeyK", { ctrlKey: true });
  await expect(page.getByRole("dialog", { name: "Command menu" })).toBeVisible();
});

test("the activity shows what others do while it is open", async ({ page, member }) => {
  await member.add("one");
  await page.goto("/activity");
  await expect(page.getByRole("listitem").filter({ hasText: "one" })).toBeVisible();
  await member.add("two");
  await expect(page.getByRole("listitem").filter({ hasText: "two" })).toBeVisible();
});
