// The page in German, whose words are longer: nothing wider than the screen, nothing in English.
import { expect, look, test } from "./app.js";

test.use({ locale: "de-DE" });

/** Words that only English has. */
const ENGLISH = /\b(the|your|tasks?|and|with|settings|delete|add|undo|what|when)\b/i;

const views = {
  tasks: async (page) => {
    await page.goto("/");
    await expect(page.getByRole("textbox", { name: "Neue Aufgabe" })).toBeVisible();
  },
  "settings ": async (page) => {
    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: "Konto löschen" })).toBeVisible();
    await expect(page.getByText("Dieses Gerät")).toBeVisible();
  },
  activity: async (page) => {
    await page.goto("/activity");
    await expect(page.getByText(/Hinzugefügt/).first()).toBeVisible();
  },
  assistant: async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Assistenten öffnen" }).click();
    await expect(page.getByRole("textbox", { name: "Nachricht" })).toBeFocused();
  },
  "help @keyboard": async (page) => {
    await page.goto("/");
    await expect(page.getByRole("textbox", { name: "Neue Aufgabe" })).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Tastenkürzel" })).toBeVisible();
  },
  "command menu @keyboard": async (page) => {
    await page.goto("/");
    await expect(page.getByRole("textbox", { name: "Neue Aufgabe" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
  },
};

for (const [name, show] of Object.entries(views)) {
  test(`${name} in German`, async ({ page, member }, info) => {
    await member.call("POST", "/lists", { name: "Haushalt" });
    await member.call("POST", "/tasks", { title: "Milch kaufen", priority: "high", due: "2030-01-01T17:00", repeat: "FREQ=WEEKLY;BYDAY=MO,WE", tags: ["Einkauf"], list: "Haushalt" });
    await show(page);
    await look(page, info, `${name.replace(" @keyboard", "")} german`);
    const words = await page.evaluate(() => document.body.innerText);
    const lines = words.split("\n").filter((line) => ENGLISH.test(line) && !/mcp|claude|microsoft/i.test(line));
    expect(lines).toEqual([]);
  });
}

for (const path of ["/sign-in", "/sign-up", "/forgot-password", "/nowhere"]) {
  test(`${path} in German`, async ({ page }, info) => {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await look(page, info, `${path} german`);
    expect((await page.evaluate(() => document.body.innerText)).split("\n").filter((line) => ENGLISH.test(line))).toEqual([]);
  });
}
