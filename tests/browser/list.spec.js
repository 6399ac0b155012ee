// Many tasks at once: completed ones out of the way, several changed in one act, a pasted list.
import { addByHand, box, expect, newTask, paste, test } from "./app.js";

const titlesOf = async (member) => (await (await member.call("GET", "/tasks")).json()).map(({ title }) => title);

test("only the box completes; the title opens", async ({ page, member }) => {
  await member.add("pay rent");
  await page.goto("/");
  await page.getByText("pay rent", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: 'New title for "pay rent"' })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(box(page, "pay rent")).not.toBeChecked();
});

test("completed tasks are folded away with their count, and cleared in one act with one undo", async ({ page, member }) => {
  await page.addInitScript(() => localStorage.setItem("completed", "closed"));
  await member.add("one", "two", "three");
  for (const id of [1, 2]) await member.call("PATCH", `/tasks/${id}/complete`);
  await page.goto("/");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.getByRole("button", { name: "Completed (2)" }).click();
  await expect(box(page, "two")).toBeChecked();
  await page.getByRole("button", { name: "Clear completed" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect.poll(() => titlesOf(member)).toEqual(["three"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => titlesOf(member)).toEqual(["one", "two", "three"]);
  await expect(box(page, "one")).toBeChecked();
});

test("the focus goes with a completed row to the completed ones @keyboard", async ({ page, member }) => {
  await member.add("pay rent", "call mum", "buy milk");
  await page.goto("/");
  const remove = page.getByRole("button", { name: 'Delete "call mum"' });
  const completed = page.getByRole("list", { name: "Completed (1)" });
  await box(page, "call mum").press("Space");
  await remove.focus();
  await expect(completed.getByRole("checkbox", { name: "call mum" })).toBeChecked();
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await expect.poll(() => titlesOf(member)).toEqual(["pay rent", "buy milk"]);
});

test("several tasks are selected by mouse and keyboard, and changed in one act @keyboard", async ({ page, member }) => {
  await member.add("one", "two", "three", "four");
  await page.goto("/");
  const title = (name) => page.getByRole("button", { name: `Edit "${name}"` });
  await title("four").click({ modifiers: ["ControlOrMeta"] });
  await title("two").click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.getByRole("button", { name: "Complete", exact: true }).click();
  await expect(page.getByText("Completed 3 tasks")).toBeVisible();
  const open = async () => (await (await member.call("GET", "/tasks?status=pending")).json()).map(({ title: name }) => name);
  await expect.poll(open).toEqual(["one"]);
  await page.keyboard.press("u");
  await expect.poll(open).toEqual(["one", "two", "three", "four"]);
  await page.getByRole("heading", { name: "Tasks" }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("2 selected")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect.poll(() => titlesOf(member)).toEqual([]);
});

test("pasted lines become tasks when that is wanted, in their order", async ({ page, member }) => {
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  await paste(page, "- Milk\n- Bread\n- Butter");
  await page.getByRole("button", { name: "Add 3 tasks" }).click();
  await expect(box(page, "Butter")).toBeEnabled();
  await expect(newTask(page)).toHaveValue("");
  const shown = await page.getByRole("checkbox").evaluateAll((boxes) => boxes.map((each) => each.getAttribute("aria-label")));
  expect(shown).toEqual(["Milk", "Bread", "Butter"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});

test("a new task that the view does not show is named, and shown on demand", async ({ page, member }) => {
  await page.goto("/?status=completed");
  await addOutOfSight(page, "not here");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(box(page, "not here")).toBeVisible();
});

async function addOutOfSight(page, title) {
  await newTask(page).fill(title);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Added ${title}`).first()).toBeVisible();
}

test("links in a task can be followed, and long notes open in place", async ({ page, member }) => {
  await member.call("POST", "/tasks", { title: "book at https://example.com/tables.", description: `${"a line\n".repeat(6)}see http://example.org` });
  await page.goto("/");
  const link = page.getByRole("link", { name: "example.com/tables" });
  await expect(link).toHaveAttribute("href", "https://example.com/tables");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("link", { name: "http://example.org" })).toBeInViewport();
  await expect(page.getByRole("button", { name: "Show less" })).toBeVisible();
});

test("notes that no longer fit can be opened, also after the window became narrower", async ({ page, member }) => {
  await page.setViewportSize({ width: 1000, height: 740 });
  await member.call("POST", "/tasks", { title: "book", description: "some words ".repeat(12) });
  await page.goto("/");
  await expect(box(page, "book")).toBeVisible();
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
  await page.setViewportSize({ width: 320, height: 740 });
  await expect(page.getByRole("button", { name: "Show more" })).toBeVisible();
});

test("a letter in the search draws no row again that stays", async ({ page, member }) => {
  await member.call("POST", "/tasks/import", Array.from({ length: 100 }, (_, at) => ({ title: `${at % 2 ? "garden" : "kitchen"} ${at}` })));
  await page.goto("/");
  await expect(page.getByRole("checkbox")).toHaveCount(60);
  await page.evaluate(() => document.querySelectorAll("[data-task]").forEach((row) => (row.drawnBefore = true)));
  const kept = () => page.evaluate(() => [...document.querySelectorAll("[data-task]")].filter((row) => row.drawnBefore).length);
  await page.getByRole("textbox", { name: "Search tasks" }).pressSequentially("gard");
  await expect(page.getByRole("checkbox")).toHaveCount(50);
  expect(await kept()).toBe(30);
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(60);
  expect(await kept()).toBe(30);
});

test("a priority is chosen in the editor and shown quietly", async ({ page, member }) => {
  await page.goto("/");
  await addByHand(page, "pay rent");
  await page.getByRole("button", { name: 'Edit "pay rent"' }).click();
  await page.getByLabel("Priority").selectOption("High");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("list", { name: "Details" })).toHaveText("High");
  await expect.poll(async () => (await (await member.call("GET", "/tasks/1")).json()).priority).toBe("high");
});

test("what others change appears within seconds", async ({ page, member }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await member.add("from elsewhere");
  await expect(box(page, "from elsewhere")).toBeVisible();
  await member.call("DELETE", "/tasks/1");
  await expect(box(page, "from elsewhere")).toHaveCount(0);
});

test("Escape leaves the field for a new task, and the search after it is cleared @keyboard", async ({ page, member }) => {
  await member.add("one");
  await page.goto("/");
  await expect(box(page, "one")).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await expect(newTask(page)).not.toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("xyz");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("textbox", { name: "Search tasks" })).toHaveValue("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(box(page, "one")).toBeFocused();
});

test("Back returns to where the list was left", async ({ page, member }) => {
  await page.route("**/tasks?*", (route) => route.fulfill({ json: Array.from({ length: 80 }, (_, at) => ({ id: 80 - at, title: `task ${80 - at}`, description: null, completed: false, updated_at: "2026-01-01T00:00:00Z" })) }));
  await page.goto("/");
  await expect(page.getByRole("checkbox")).toHaveCount(60);
  await page.evaluate(() => scrollTo(0, 1200));
  await expect(newTask(page)).toBeInViewport();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(1200);
});

test("a long list is drawn in small parts, so that nobody who types waits for all of it", async ({ page, member }) => {
  await member.call("POST", "/tasks/import", Array.from({ length: 300 }, (_, at) => ({ title: `garden ${at + 1}` })));
  await page.addInitScript(() => {
    window.largestPart = 0;
    const rowsIn = (node) => (node instanceof Element ? Number(node.matches("[data-task]")) + node.querySelectorAll("[data-task]").length : 0);
    const watch = (changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes].map(rowsIn)).reduce((sum, rows) => sum + rows, 0);
      window.largestPart = Math.max(window.largestPart, added);
    };
    new MutationObserver(watch).observe(document, { childList: true, subtree: true });
  });
  await page.goto("/");
  const rows = page.locator("[data-task]");
  await expect(rows).toHaveCount(60);
  await page.getByRole("textbox", { name: "Search tasks" }).fill("gard");
  await expect(rows).toHaveCount(60);
  await rows.last().scrollIntoViewIfNeeded();
  await expect.poll(() => rows.count()).toBeGreaterThan(60);
  expect(await page.evaluate(() => window.largestPart)).toBe(10);
});

test("all tasks of a view are selected, also those that are not drawn yet @keyboard", async ({ page, member }) => {
  await member.add(...Array.from({ length: 70 }, (_, at) => `task ${at + 1}`));
  await page.goto("/");
  await box(page, "task 70").focus();
  await page.keyboard.press("Control+a");
  await expect(page.getByText("70 selected")).toBeVisible();
});

test("what was typed beside pasted lines is part of them, and no line is lost", async ({ page, member }) => {
  await page.goto("/");
  await newTask(page).fill("buy ");
  await paste(page, "milk\nbread");
  await page.getByRole("button", { name: "Add 2 tasks" }).click();
  await expect(box(page, "buy milk")).toBeEnabled();
  await paste(page, Array.from({ length: 101 }, (_, at) => `line ${at + 1}`).join("\n"));
  await page.getByRole("button", { name: "Add the last 100 tasks" }).click();
  await page.getByRole("button", { name: "Add 1 task" }).click();
  await expect.poll(async () => (await (await member.call("GET", "/tasks?limit=200")).json()).length).toBe(103);
  await expect(page.getByRole("checkbox").first()).toHaveAccessibleName("line 1");
});

test("a fault goes with its cause", async ({ page, member }) => {
  await member.add("one");
  await page.goto("/");
  const long = page.getByText("Keep it to 200 characters.");
  await newTask(page).fill("x".repeat(201));
  await page.keyboard.press("Enter");
  await expect(long).toBeVisible();
  await newTask(page).fill("");
  await expect(long).toHaveCount(0);
  await page.getByRole("button", { name: 'Edit "one"' }).click();
  await page.getByRole("textbox", { name: "New title" }).fill("");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Write what needs doing first.")).toBeVisible();
  await page.keyboard.type("two");
  await expect(page.getByText("Write what needs doing first.")).toHaveCount(0);
});

test("a title that is read from right to left is opened by a click on it", async ({ page, member }) => {
  await member.add("שלום עולם");
  await page.goto("/");
  await page.getByText("שלום עולם").click();
  await expect(page.getByRole("textbox", { name: "New title" })).toHaveValue("שלום עולם");
});
