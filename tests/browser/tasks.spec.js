// The task list by hand: every change is there at once, survives a reload, and goes back when the server refuses.
import { addByHand, box, deleteInRow, expect, newTask, test } from "./app.js";

test("a task is added, completed, edited with notes, and all of it is kept", async ({ page, member, complaints }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await addByHand(page, "water plants");
  await addByHand(page, "call mum");
  await box(page, "call mum").check();
  await page.getByRole("button", { name: 'Edit "water plants"' }).click();
  await expect(page.getByRole("textbox", { name: 'New title for "water plants"' })).toBeFocused();
  await page.keyboard.type("water all plants");
  await page.getByRole("textbox", { name: "Notes" }).fill("the ferns too");
  // What is not saved yet would be sent again after the reload, and be refused as saved already.
  const saved = page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok());
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("the ferns too")).toBeVisible();
  await expect(page.getByText("1 pending, 1 completed")).toBeVisible();
  await saved;
  await page.reload();
  await expect(box(page, "call mum")).toBeChecked();
  await expect(box(page, "water all plants")).not.toBeChecked();
  await expect(page.getByText("the ferns too")).toBeVisible();
  expect(complaints).toEqual([]);
});

/** The first such request arrives, and then the connection breaks. */
async function lostOnce(page, address) {
  let lost = false;
  await page.route(address, async (route) => {
    if (lost) return route.fallback();
    lost = true;
    await route.fetch();
    return route.abort();
  });
}

test("a deleted task comes back with its number, also when the response is lost", async ({ page, member }) => {
  await member.add("first", "second");
  await lostOnce(page, "**/restore");
  await page.goto("/");
  await deleteInRow(page, "first");
  await expect(box(page, "first")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(box(page, "first")).toBeVisible();
  await expect(page.getByText("#1", { exact: true })).toBeAttached(); // a phone does not show numbers
  await expect(page.getByText('"first" is back')).toBeAttached();
  await page.reload();
  await expect(box(page, "first")).toBeVisible();
});

test("filter and search are in the address and work together", async ({ page, member }) => {
  await member.add("buy milk", "buy bread", "call mum");
  await member.call("PATCH", "/tasks/2/complete");
  await page.goto("/?status=pending&q=buy");
  await expect(page.getByRole("textbox", { name: "Search tasks" })).toHaveValue("buy");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.goto("/?q=buy");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await page.getByRole("textbox", { name: "Search tasks" }).fill("xyz");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
  await page.getByRole("link", { name: "Completed" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Completed" })).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(page.getByRole("link", { name: "Tasks" })).toHaveAttribute("aria-current", "page");
});

test("what the server refuses is taken back, told, and can be tried again", async ({ page, member }) => {
  await member.add("stays");
  await page.goto("/");
  await expect(box(page, "stays")).toBeVisible();
  await page.route("**/tasks/1", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }));
  await deleteInRow(page, "stays");
  await expect(page.getByRole("alert").filter({ hasText: '"stays" was not deleted' })).toBeVisible();
  await expect(box(page, "stays")).toBeVisible();
  await page.unroute("**/tasks/1");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(box(page, "stays")).toHaveCount(0);
});

test("a task whose response was lost is sent again, and added once", async ({ page, member }) => {
  const keys = [];
  await page.route("**/tasks", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    await route.fetch(); // it arrives, and then the connection breaks
    return route.abort();
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await addByHand(page, "only once");
  await page.reload();
  await expect(box(page, "only once")).toHaveCount(1);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("while the server is updated a change waits for it, and a refusal is not repeated", async ({ page, member }) => {
  await member.add("patient");
  await page.goto("/");
  await expect(box(page, "patient")).toBeVisible();
  const responses = [502, 503];
  await page.route("**/complete", (route) => {
    const status = responses.shift();
    return status ? route.fulfill({ status, headers: { "retry-after": "1" } }) : route.continue();
  });
  await box(page, "patient").check();
  await expect.poll(async () => (await (await member.call("GET", "/tasks/1")).json()).completed).toBe(true);
  await expect(box(page, "patient")).toBeChecked();
  await expect(page.getByRole("alert").filter({ hasText: "patient" })).toHaveCount(0);
  let refused = 0;
  await page.route("**/tasks/1", (route) => {
    refused += 1;
    return route.fulfill({ status: 409, contentType: "application/problem+json", body: '{"detail":"Not now."}' });
  });
  await deleteInRow(page, "patient");
  await expect(page.getByRole("alert").filter({ hasText: "Not now." })).toBeVisible();
  expect(refused).toBe(1);
});

test("a task that was changed elsewhere meanwhile is not overwritten unknowingly", async ({ page, member }) => {
  await member.add("buy milk");
  await page.goto("/");
  const edit = async (words) => {
    await page.getByRole("button", { name: "Edit" }).click();
    await page.keyboard.type(words);
  };
  const says = async () => (await (await member.call("GET", "/tasks/1")).json()).title;
  await edit("buy oat milk");
  await member.call("PATCH", "/tasks/1", { title: "buy soy milk" });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "buy soy milk" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: 'New title for "buy soy milk"' })).toHaveValue("buy oat milk");
  expect(await says()).toBe("buy soy milk");
  await page.getByRole("button", { name: "Save mine" }).click();
  await expect(box(page, "buy oat milk")).toBeVisible();
  await expect.poll(says).toBe("buy oat milk");
  // That it was ticked off elsewhere is no reason to ask.
  await edit("buy any milk");
  await member.call("PATCH", "/tasks/1/complete");
  await page.keyboard.press("Enter");
  await expect(box(page, "buy any milk")).toBeChecked();
  expect(await says()).toBe("buy any milk");
});

test("a tab that is seen again asks for the list once", async ({ page, member }) => {
  await page.clock.install();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await member.add("from elsewhere");
  await page.clock.setFixedTime(Date.now() + 60_000);
  let asked = 0;
  let respond;
  const held = new Promise((resolve) => (respond = resolve));
  await page.route(/\/tasks(\/changes)?\?/, async (route) => {
    asked += 1;
    await held;
    return route.continue();
  });
  await page.evaluate(() => {
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("focus"));
  });
  await expect.poll(() => asked).toBe(1);
  respond();
  await expect(box(page, "from elsewhere")).toBeVisible();
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

test("the whole list by keyboard alone @keyboard", async ({ page, member }) => {
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
  await expect(box(page, "two")).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: 'New title for "two"' })).toBeFocused();
  await page.keyboard.type("two and a half");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: 'Edit "two and a half"' })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(box(page, "two and a half")).toHaveCount(0);
  await expect(box(page, "one")).toBeFocused();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(box(page, "two and a half")).toBeVisible();
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/status=pending/);
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search tasks" })).toBeFocused();
});

test("the help sheet lists the keys and turns them off @keyboard", async ({ page, member }) => {
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
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(sheet.getByRole("checkbox")).not.toBeChecked();
});

test("of five thousand tasks the newest are there at once, any can be found, and few are drawn", async ({ page, member }) => {
  const newest = Array.from({ length: 5000 }, (_, index) => ({ id: 5000 - index, title: `task ${5000 - index}`, description: null, completed: index % 2 === 0 }));
  let others;
  const asked = new Promise((resolve) => (others = resolve));
  await page.route("**/tasks?*", async (route) => {
    const { pathname, searchParams: query } = new URL(route.request().url());
    if (query.has("q")) return route.fulfill({ json: newest.filter(({ title }) => title === query.get("q")) });
    if (!query.has("after")) return route.fulfill({ json: newest.slice(0, 200), headers: { link: `<${pathname}?sort=%2Did&limit=200&after=4801>; rel="next"` } });
    await asked;
    return route.fulfill({ json: newest.slice(200) });
  });
  const search = page.getByRole("textbox", { name: "Search tasks" });
  await page.goto("/");
  await expect(box(page, "task 5000")).toBeVisible();
  await search.fill("task 17");
  await expect(box(page, "task 17")).toBeVisible();
  await expect(page.getByText("pending,")).toHaveCount(0);
  await search.fill("");
  others();
  await expect(page.getByText("2,500 pending, 2,500 completed")).toBeVisible();
  const drawn = await page.getByRole("checkbox").count();
  expect(drawn).toBeLessThan(200);
  await page.getByRole("checkbox").last().scrollIntoViewIfNeeded();
  await expect.poll(() => page.getByRole("checkbox").count()).toBeGreaterThan(drawn);
  await search.fill("#4321");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});

test("a title is shown as text, whatever it holds", async ({ page, member, complaints }) => {
  const title = '<img src=x onerror="document.title=1"><b>bold</b>';
  await member.add(title);
  await page.goto("/");
  await expect(page.getByText(title)).toBeVisible();
  expect(complaints).toEqual([]);
});
