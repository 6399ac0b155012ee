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

const LONG = "Eine Liste mit einem außerordentlich langen Namen, wie ihn Leute schreiben";

test("long names hang over nothing in the column of views", async ({ page, member }) => {
  await member.call("POST", "/lists", { name: LONG.slice(0, 60) });
  const tags = ["ein-sehr-langes-schlagwort-von-jemandem", ..."abcdefghijkl"];
  await member.call("POST", "/tasks", { title: "Milch kaufen", due: "2030-01-01", tags, list: LONG.slice(0, 60) });
  await page.goto("/");
  const names = page.getByRole("navigation", { name: "Seiten" }).locator("a > span:not(.count)").filter({ visible: true });
  await expect(names.filter({ hasText: "Liste mit" }).or(names.last()).first()).toBeVisible();
  const places = await names.evaluateAll((all) => all.map((name) => name.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
  const hanging = places.filter((one, at) => places.slice(at + 1).some((other) => other.top < one.bottom - 1 && other.bottom > one.top + 1 && other.left < one.right - 1 && other.right > one.left + 1));
  expect(hanging).toEqual([]);
});

test("everything fits on a page of 320 px: an open row, its editor, what a notice says", async ({ page, member }, info) => {
  await page.setViewportSize({ width: 320, height: 740 });
  await member.call("POST", "/lists", { name: LONG.slice(0, 60) });
  await member.call("POST", "/tasks", { title: "Milch kaufen", tags: ["ein-sehr-langes-schlagwort-von-jemandem"], list: LONG.slice(0, 60) });
  await member.add(`${LONG}, ${LONG}`);
  await page.goto("/");
  await page.getByRole("button", { name: "Mehr zu „Milch kaufen“" }).click();
  await expect(page.getByRole("button", { name: "„Milch kaufen“ löschen" })).toBeVisible();
  await look(page, info, "narrow row");
  await page.getByRole("button", { name: "„Milch kaufen“ bearbeiten" }).click();
  await expect(page.getByRole("button", { name: "Speichern" })).toBeVisible();
  await look(page, info, "narrow editor");
  await page.getByRole("checkbox", { name: LONG }).click();
  const notice = page.getByRole("status").filter({ has: page.getByRole("button", { name: "Rückgängig" }) });
  await expect(notice).toBeVisible();
  expect((await notice.boundingBox()).height).toBeLessThan(220);
  await page.keyboard.press("Control+k");
  // Its end is a sign of what is cut.
  await expect(page.getByRole("option").getByText(LONG.slice(0, 60), { exact: true })).toHaveCSS("display", "block");
  await page.goto("/activity");
  const words = page.getByText(/Hinzugefügt/).first();
  await expect(words).toBeVisible();
  // A word is not broken to make room for the button.
  expect((await words.boundingBox()).width).toBeGreaterThan(140);
});
