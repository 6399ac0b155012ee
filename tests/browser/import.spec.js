// A file on its way in: looked at first, imported as one change, undone as one.
import { addByHand, box, expect, look, section, test } from "./app.js";

const titles = async (member) => (await (await member.call("GET", "/tasks")).json()).map(({ title }) => title);
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const choose = (part, chosen) => part.getByLabel("Import tasks").last().setInputFiles(chosen);
const table = "Title,Due,Colour\nbuy milk,2026-12-01,blue\n,2026-12-02,red\npay rent,someday,\n";

test("what will come, what is left out and what is not kept is shown; then it is one change", async ({ page, member }, info) => {
  await page.goto("/settings");
  const part = section(page, "Your data");
  await choose(part, file("tasks.csv", table));
  await expect(part.getByRole("heading", { name: "What comes from tasks.csv" })).toBeFocused();
  await expect(part.getByRole("list", { name: "What comes" }).getByText("buy milk")).toBeVisible();
  await expect(part.getByText("1 row is left out")).toBeVisible();
  await expect(part.getByText("Line 3")).toBeVisible();
  await expect(part.getByText("It has no title.")).toBeVisible();
  await expect(part.getByText("The date is not understood: “someday”").or(part.getByText("The date is not understood:"))).toBeVisible();
  await expect(part.getByText("the column “Colour” (2)")).toBeVisible();
  expect(await titles(member)).toEqual([]);
  await look(page, info, "settings import");
  await part.getByRole("button", { name: "Cancel" }).click();
  await expect(part.getByRole("button", { name: "Import tasks" })).toBeVisible();
  expect(await titles(member)).toEqual([]);

  await choose(part, file("tasks.csv", table));
  await part.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect(page.getByText("2 tasks were imported")).toBeVisible();
  expect((await titles(member)).sort()).toEqual(["buy milk", "pay rent"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone: 2 tasks")).toBeVisible();
  expect(await titles(member)).toEqual([]);
});

test("an import is a step of undo like every other change @keyboard", async ({ page, member }) => {
  await page.goto("/settings");
  await choose(section(page, "Your data"), file("tasks.csv", "Title\nbuy milk\npay rent\n"));
  await page.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect(page.getByText("2 tasks were imported")).toBeVisible();
  await page.getByRole("link", { name: "Tasks", exact: true }).click();
  await addByHand(page, "water plants");
  await page.getByRole("heading", { name: "Tasks" }).click();
  await page.keyboard.press("Control+z");
  await expect(box(page, "water plants")).toHaveCount(0);
  await expect(box(page, "pay rent")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Undone: 2 tasks")).toBeVisible();
  await expect.poll(() => titles(member)).toEqual([]);
  await page.keyboard.press("Control+Shift+z");
  await expect(box(page, "buy milk")).toBeVisible();
});

test("a file is dropped, and the same file again is asked about", async ({ page, member }, info) => {
  await page.goto("/settings");
  const part = section(page, "Your data");
  const drop = async () => {
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["- [ ] milk\n- [x] bread\n"], "list.md", { type: "text/markdown" }));
      return transfer;
    });
    await part.getByText("Choose a file, or drop it here.").dispatchEvent("drop", { dataTransfer: data });
  };
  await drop();
  await expect(part.getByText("from Markdown")).toBeVisible();
  await part.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect(page.getByText("2 tasks were imported")).toBeVisible();
  await drop();
  await expect(part.getByText(/This file was imported before, on .*, with 2 tasks\./)).toBeVisible();
  await look(page, info, "settings import again");
  await part.getByRole("button", { name: "Import it once more" }).click();
  await part.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect.poll(() => titles(member)).toHaveLength(4);
});

test("columns without a known name are asked for", async ({ page, member }, info) => {
  await page.goto("/settings");
  const part = section(page, "Your data");
  await choose(part, file("things.csv", "Ding,Wannso\nMilch,2026-12-01\nBrot,2026-12-02\n"));
  await expect(part.getByText("We do not know the columns of this table.")).toBeVisible();
  await part.getByRole("button", { name: "Continue" }).click();
  await expect(part.getByText("One column must be the title.")).toBeVisible();
  await look(page, info, "settings import columns");
  await part.getByLabel("Ding").selectOption("Title");
  await part.getByLabel("Wannso").selectOption("Due");
  await part.getByRole("button", { name: "Continue" }).click();
  await part.getByRole("button", { name: "Import 2 tasks" }).click();
  await expect.poll(() => titles(member)).toHaveLength(2);
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("a file that cannot be read is refused in the page's language", async ({ page, member }) => {
    await page.goto("/settings");
    const part = page.getByRole("region", { name: "Deine Daten" });
    const input = part.getByLabel("Aufgaben importieren").last();
    await input.setInputFiles({ name: "tasks.zip", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004 and so on") });
    await expect(part.getByRole("alert")).toContainText("Aus dieser Datei sind keine Aufgaben zu lesen.");
    await input.setInputFiles(file("tasks.json", '{"tasks": ['));
    await expect(part.getByRole("alert")).toContainText("Diese Datei beginnt als JSON");
  });
});

test("every format of an export is a file", async ({ page, member }) => {
  await page.route("**/tasks/export?format=*", (route) => route.fulfill({ body: route.request().url().split("=")[1] }));
  await page.goto("/settings");
  for (const [name, end] of [["JSON", "json"], ["CSV", "csv"], ["iCalendar", "ics"], ["Markdown", "md"]]) {
    const download = page.waitForEvent("download");
    await section(page, "Your data").getByRole("button", { name: `Export as ${name}` }).click();
    expect((await download).suggestedFilename()).toBe(`tasks.${end}`);
  }
});
