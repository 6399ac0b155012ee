// The stored conversations: renamed, searched, and their messages copied.
import { expect, look, openAssistant, test } from "./app.js";

const list = (panel) => panel.getByRole("list", { name: "History" });
const titles = async (panel) => list(panel).locator(".conversation span").allInnerTexts();
const stored = async (member) => (await (await member.call("GET", "/conversations")).json()).map(({ title }) => title);

/** Opens the history of somebody who has asked these things. */
async function openHistory(page, member, ...messages) {
  for (const message of messages) await member.call("POST", "/chat", { message });
  await page.goto("/");
  const panel = await openAssistant(page);
  await panel.getByRole("button", { name: "History" }).click();
  await expect(list(panel)).toBeVisible();
  return panel;
}

test("a conversation is renamed in place, with a way back", async ({ page, member }, info) => {
  const panel = await openHistory(page, member, "add milk", "add eggs");
  await panel.getByRole("button", { name: 'Rename "add milk"' }).click();
  const field = panel.getByRole("textbox", { name: 'New title for "add milk"' });
  await expect(field).toBeFocused();
  await look(page, info, "conversation renamed");
  await page.keyboard.type("  Shopping <b>now</b> ");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: 'Rename "Shopping <b>now</b>"' })).toBeFocused();
  expect(await titles(panel)).toEqual(["add eggs", "Shopping <b>now</b>"]);
  expect(await stored(member)).toEqual(["add eggs", "Shopping <b>now</b>"]);
  await expect(page.getByRole("status").filter({ hasText: 'Renamed "add milk" to "Shopping' })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => titles(panel)).toEqual(["add eggs", "add milk"]);
  expect(await stored(member)).toEqual(["add eggs", "add milk"]);
});

test("a new title is dropped by Escape, saved by leaving the field, and kept in it while it cannot be saved", async ({ page, member }) => {
  const panel = await openHistory(page, member, "add milk");
  const rename = () => panel.getByRole("button", { name: /^Rename/ }).click();
  await rename();
  await page.keyboard.type("Dropped");
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("button", { name: 'Rename "add milk"' })).toBeFocused();

  await rename();
  await page.keyboard.type("Kept");
  await panel.getByRole("textbox", { name: "Search conversations" }).click();
  await expect.poll(() => stored(member)).toEqual(["Kept"]);
  await expect(panel.getByRole("textbox", { name: "Search conversations" })).toBeFocused();

  await page.route("**/conversations/*", (route) => (route.request().method() === "PATCH" ? route.fulfill({ status: 500, json: {} }) : route.continue()));
  await rename();
  await page.keyboard.type("Not yet");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await expect(panel.getByRole("textbox", { name: 'New title for "Kept"' })).toHaveValue("Not yet");
  await page.unroute("**/conversations/*");
  await page.keyboard.press("Enter");
  await expect.poll(() => stored(member)).toEqual(["Not yet"]);
});

test("conversations are found by words of their titles and messages", async ({ page, member }, info) => {
  const panel = await openHistory(page, member, "add Äpfel", "what is left?", "add milk");
  const field = panel.getByRole("textbox", { name: "Search conversations" });
  await field.fill("APFEL");
  await expect(panel.getByRole("status").filter({ hasText: "2 conversations" })).toHaveCount(1);
  expect(await titles(panel)).toEqual(["what is left?", "add Äpfel"]);
  await look(page, info, "conversations found");
  await field.fill("apfel zebra");
  await expect(panel.getByRole("status").filter({ hasText: "No conversation has these words." })).toBeVisible();
  await look(page, info, "conversations not found");
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("");
  await expect.poll(() => titles(panel)).toHaveLength(3);
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("only the words that were typed last are shown", async ({ page, member }) => {
  const panel = await openHistory(page, member, "add milk", "add eggs");
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await page.route("**/conversations?*q=*", async (route) => {
    asked += 1;
    if (asked === 1) await held;
    await route.continue();
  });
  const field = panel.getByRole("textbox", { name: "Search conversations" });
  await field.fill("milk");
  await expect.poll(() => asked).toBe(1);
  await field.fill("eggs");
  await expect.poll(() => titles(panel)).toEqual(["add eggs"]);
  const late = page.waitForResponse("**/conversations?*q=milk*");
  release();
  await late;
  expect(await titles(panel)).toEqual(["add eggs"]);
});

test("a message is copied, which a screen reader hears each time", async ({ page, context, member, isMobile }, info) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  const panel = await openAssistant(page);
  await panel.getByRole("textbox", { name: "Message" }).fill("add milk\nadd eggs");
  await page.keyboard.press("Enter");
  // The reply is announced, too.
  const reply = panel.locator(".message.assistant");
  await expect(reply).toHaveAttribute("aria-busy", "false");
  const copy = panel.getByRole("button", { name: 'Copy "add milk add eggs"' });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  // On a phone everything beside the panel is out of reach.
  const told = (isMobile ? panel : page).getByRole("status").filter({ hasText: /^Copied$/ });
  for (const again of [false, true]) {
    await copy.click();
    await expect(told, String(again)).toHaveCount(1);
    await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await clipboard()).toBe("add milk\nadd eggs");
    await expect(copy).toBeVisible();
    await expect(told).toHaveCount(0);
  }
  await reply.hover();
  await look(page, info, "message copied");
  await reply.getByRole("button", { name: /^Copy "/ }).click();
  // Also what the card says already.
  expect(await clipboard()).toMatch(/milk[^]*offline assistant/);
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("conversations are found and renamed", async ({ page, member }, info) => {
    await member.call("POST", "/chat", { message: "füge Milch hinzu" });
    await page.goto("/conversations");
    const panel = page.getByRole("dialog", { name: "Assistent" });
    await panel.getByRole("textbox", { name: "Gespräche durchsuchen" }).fill("kartoffel");
    await expect(panel.getByText("Kein Gespräch hat diese Wörter.")).toBeVisible();
    await page.keyboard.press("Escape");
    await panel.getByRole("button", { name: "„füge Milch hinzu“ umbenennen" }).click();
    await look(page, info, "conversations german");
    await page.keyboard.type("Einkauf");
    await page.keyboard.press("Enter");
    await expect(page.getByText("„füge Milch hinzu“ heißt jetzt „Einkauf“")).toBeVisible();
  });
});

test("conversations that are deleted one after the other come back together", async ({ page, member }) => {
  for (const message of ["add one", "add two", "add three"]) await member.call("POST", "/chat", { message });
  await page.goto("/conversations");
  const panel = page.getByRole("dialog", { name: "Assistant" });
  const bins = panel.getByRole("button", { name: /^Delete "/ });
  await expect(bins).toHaveCount(3);
  await bins.first().click();
  await bins.first().click();
  await expect(page.getByText("Deleted 2 conversations")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(bins).toHaveCount(3);
});

test("a stored conversation that is open says its title, also a new one", async ({ page, member }) => {
  const { conversation_id } = await (await member.call("POST", "/chat", { message: "add milk" })).json();
  await page.goto(`/conversations/${conversation_id}`);
  const panel = page.getByRole("dialog", { name: "Assistant" });
  const title = (text) => panel.getByTitle(text, { exact: true });
  await expect(title("add milk")).toBeVisible();
  await panel.getByRole("button", { name: "History" }).click();
  await panel.getByRole("button", { name: 'Rename "add milk"' }).click();
  await page.keyboard.type("Groceries");
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: "History" }).click();
  await expect(title("Groceries")).toBeVisible();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await expect(title("Groceries")).toHaveCount(0);
});

test("the card of a task that is gone names it after a reload too", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  const panel = await openAssistant(page);
  const card = panel.getByRole("region", { name: "Delete 2 tasks" });
  await panel.getByRole("textbox", { name: "Message" }).fill("delete everything");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("button", { name: "Keep" }).click();
  await expect(card).toContainText("Not done");
  await member.call("DELETE", "/tasks/1");
  await page.reload();
  await expect(card).toContainText("#1 one");
});
