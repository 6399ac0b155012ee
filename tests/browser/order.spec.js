// The user's own order and lists, steps of tasks, and several tasks changed in one act.
import { addByHand, box, expect, newTask, test } from "./app.js";

const shown = (page) => page.getByRole("checkbox").evaluateAll((boxes) => boxes.map((each) => each.getAttribute("aria-label")));
const stored = async (member, query = "sort=-position") => (await (await member.call("GET", `/tasks?${query}`)).json()).map(({ title }) => title);
const item = (page, title) => page.locator("[data-task]").filter({ has: page.getByRole("checkbox", { name: title, exact: true }) }).last();

/** Presses on a title and moves to the upper or lower half of another row, or to anything else. */
async function drag(page, from, to, part = 0.5) {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(start.x + 90, start.y + 22);
  await page.mouse.down();
  // The code for dragging may still be on its way.
  await expect(async () => {
    await page.mouse.move(start.x + 90, start.y + 22);
    await page.mouse.move(start.x + 95, start.y + 40, { steps: 3 });
    await expect(page.locator(".drag-ghost")).toBeAttached({ timeout: 250 });
  }).toPass();
  await page.mouse.move(end.x + 60, end.y + end.height * part, { steps: 6 });
}

test("tasks are dragged to another place, which is kept and undone @keyboard", async ({ page, member }) => {
  await member.add("one", "two", "three");
  await page.goto("/");
  await expect(box(page, "three")).toBeVisible();
  await item(page, "three").hover();
  await drag(page, item(page, "three"), item(page, "one"), 0.8);
  await expect(item(page, "one")).toHaveAttribute("data-drop", "below");
  await page.mouse.up();
  await expect.poll(() => shown(page)).toEqual(["two", "one", "three"]);
  await expect.poll(() => stored(member)).toEqual(["two", "one", "three"]);
  await expect(page.getByRole("textbox", { name: /^New title/ })).toHaveCount(0);
  await page.reload();
  await expect(box(page, "two")).toBeVisible();
  expect(await shown(page)).toEqual(["two", "one", "three"]);
  await addByHand(page, "four");
  expect(await shown(page)).toEqual(["four", "two", "one", "three"]);
  await drag(page, item(page, "three"), item(page, "four"), 0.1);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await shown(page)).toEqual(["four", "two", "one", "three"]);
});

test("Alt and the arrows move a task, which keeps the focus, and the move is undone @keyboard", async ({ page, member }) => {
  await member.add("one", "two", "three");
  await page.goto("/");
  await box(page, "one").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => shown(page)).toEqual(["three", "one", "two"]);
  await expect(box(page, "one")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => stored(member)).toEqual(["one", "three", "two"]);
  await expect(box(page, "one")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp"); // it is the first
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => stored(member)).toEqual(["three", "one", "two"]);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(() => stored(member)).toEqual(["one", "three", "two"]);
});

test("buttons move a task too, and nothing is moved while another order is shown", async ({ page, member }) => {
  await member.call("POST", "/tasks", { title: "b", priority: "low" });
  await member.call("POST", "/tasks", { title: "a", priority: "high" });
  await member.add("c");
  await page.goto("/");
  const down = page.getByRole("button", { name: 'Move "c" down' });
  const more = page.getByRole("button", { name: 'More for "c"' });
  await expect(box(page, "c")).toBeVisible();
  if (await more.isVisible()) await more.click();
  else await item(page, "c").hover();
  await down.click();
  await expect.poll(() => stored(member)).toEqual(["a", "c", "b"]);
  const order = page.getByRole("combobox", { name: "Order" });
  for (const [choice, titles] of [["By title", ["a", "b", "c"]], ["By priority", ["a", "b", "c"]], ["Newest first", ["c", "a", "b"]]]) {
    await order.selectOption(choice);
    await expect.poll(() => shown(page)).toEqual(titles);
    await expect(down).toHaveCount(0);
  }
  await page.reload();
  await expect(order).toHaveValue("newest");
  await box(page, "c").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await order.selectOption("Own order");
  await expect.poll(() => shown(page)).toEqual(["a", "c", "b"]);
});

test("a finger drags after a long press, and scrolls without one", async ({ page, member, browserName }, info) => {
  test.skip(!info.project.use.hasTouch, "needs a touch screen");
  await member.add("one", "two", "three");
  await page.goto("/");
  await expect(box(page, "three")).toBeVisible();
  const [from, to] = [await item(page, "three").boundingBox(), await item(page, "one").boundingBox()];
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) => client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  // The code for dragging comes with the first press.
  await touch("touchStart", from.x + 120, from.y + 25);
  await touch("touchEnd");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("drag-")));
  await touch("touchStart", from.x + 120, from.y + 25);
  await expect(page.locator(".drag-ghost")).toBeAttached();
  await touch("touchMove", to.x + 120, to.y + to.height * 0.9);
  await expect(item(page, "one")).toHaveAttribute("data-drop", "below");
  await touch("touchEnd");
  await expect.poll(() => stored(member)).toEqual(["two", "one", "three"]);
});

test("steps are added below their task, ticked, counted, folded, and go with it", async ({ page, member }) => {
  await member.add("plan the party");
  await page.goto("/");
  await box(page, "plan the party").focus();
  await page.keyboard.press("t");
  const field = page.getByRole("textbox", { name: 'New step of "plan the party"' });
  await expect(field).toBeFocused();
  for (const title of ["bake a cake", "buy balloons"]) {
    await page.keyboard.type(title);
    await page.keyboard.press("Enter");
    await expect(box(page, title)).toBeEnabled();
  }
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
  await expect(box(page, "plan the party")).toBeFocused();
  const steps = page.getByRole("list", { name: 'Steps of "plan the party"' });
  await expect(steps.getByRole("checkbox")).toHaveCount(2);
  await box(page, "bake a cake").check();
  const count = page.getByRole("button", { name: "1 of 2 steps done" });
  await expect(count).toHaveText("1/2");
  await expect(page.getByText("1 pending, 0 completed")).toBeVisible();
  await count.click();
  await expect(steps).toHaveCount(0);
  await page.reload();
  await expect(count).toBeVisible();
  await box(page, "plan the party").check();
  await expect.poll(() => stored(member, "status=completed")).toEqual(["plan the party", "bake a cake", "buy balloons"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stored(member, "status=completed")).toEqual(["bake a cake"]);
  await expect(count).toBeVisible();
});

test("a step that is found without its task says whose step it is", async ({ page, member }) => {
  await member.add("plan the party");
  await member.call("POST", "/tasks", { title: "buy balloons", parent: 1 });
  await page.goto("/?q=balloons");
  await expect(page.getByRole("list", { name: "Details" })).toContainText("plan the party");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});

test("lists are made with a colour, tasks are put there, and a deleted list comes back", async ({ page, member }) => {
  await member.add("milk", "rent");
  await page.goto("/");
  await page.getByRole("button", { name: "New list" }).filter({ visible: true }).click();
  const sheet = page.getByRole("dialog", { name: "New list" });
  await sheet.getByLabel("Name").fill("Groceries");
  await sheet.getByLabel("Green").check();
  await sheet.getByRole("button", { name: "Add list" }).click();
  await expect(page.getByRole("heading", { name: "Groceries", level: 1 })).toBeVisible();
  await newTask(page).fill("eggs");
  await newTask(page).press("Enter");
  await expect(box(page, "eggs")).toBeEnabled();
  await page.getByRole("link", { name: "Tasks" }).click();
  const link = page.getByRole("link", { name: "Groceries" }).filter({ visible: true }).first();
  expect(await link.locator(".icon").evaluate((icon) => getComputedStyle(icon).color)).not.toBe(await link.evaluate((element) => getComputedStyle(element).color));
  await page.getByRole("button", { name: 'Edit "milk"' }).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("combobox", { name: "Move to…" }).selectOption("Groceries");
  await expect.poll(() => stored(member, "list=Groceries")).toEqual(["milk", "eggs"]);
  await link.click();
  await page.getByRole("button", { name: "Edit list" }).click();
  await page.getByRole("button", { name: "Delete list and tasks" }).click();
  await expect.poll(() => stored(member)).toEqual(["rent"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stored(member, "list=Groceries")).toEqual(["milk", "eggs"]);
  await expect(page.getByRole("link", { name: "Groceries" }).filter({ visible: true }).first()).toBeVisible();
});

test("the inbox has what is in no list, and takes a task back @keyboard", async ({ page, member }) => {
  await member.call("POST", "/lists", { name: "Garden" });
  await member.call("POST", "/tasks", { title: "paint the fence", list: "Garden" });
  await member.add("call mum");
  await page.goto("/");
  await page.getByRole("link", { name: "Inbox" }).click();
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await addByHand(page, "pay rent");
  await page.getByRole("link", { name: "Garden" }).click();
  await expect(box(page, "paint the fence")).toBeVisible();
  await item(page, "paint the fence").hover();
  await drag(page, item(page, "paint the fence"), page.getByRole("link", { name: "Inbox" }));
  await page.mouse.up();
  await expect.poll(() => stored(member, "list=Garden")).toEqual([]);
  await page.getByRole("link", { name: "Inbox" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
});

test("a task is dropped onto a list @keyboard", async ({ page, member }) => {
  await member.call("POST", "/lists", { name: "Flat" });
  await member.add("pay rent");
  await page.goto("/");
  const target = page.getByRole("link", { name: "Flat" });
  await expect(target).toBeVisible();
  await item(page, "pay rent").hover();
  await drag(page, item(page, "pay rent"), target);
  await page.mouse.up();
  await expect.poll(() => stored(member, "list=Flat")).toEqual(["pay rent"]);
  await page.keyboard.press("u");
  await expect.poll(() => stored(member, "list=Flat")).toEqual([]);
});

test("selected tasks are tagged and put off in one act with one undo", async ({ page, member }) => {
  await member.call("POST", "/tasks", { title: "one", due: "2030-01-01T17:00" });
  await member.add("two", "three");
  const writes = [];
  page.on("request", (request) => /POST|PATCH/.test(request.method()) && /\/tasks/.test(request.url()) && writes.push(new URL(request.url()).pathname.split("/tasks")[1]));
  await page.goto("/");
  const select = async (...titles) => {
    for (const title of titles) await page.getByRole("button", { name: `Edit "${title}"` }).click({ modifiers: ["ControlOrMeta"] });
  };
  await select("one", "two");
  await page.getByRole("combobox", { name: "Add tag" }).fill("home");
  await page.getByRole("combobox", { name: "Add tag" }).press("Enter");
  await expect.poll(() => stored(member, "tag=home")).toEqual(["one", "two"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stored(member, "tag=home")).toEqual([]);
  await select("one", "two");
  await page.getByRole("combobox", { name: "Due…" }).selectOption("Pick a day…");
  await page.getByLabel("Due…").fill("2031-05-06");
  const dues = async () => (await (await member.call("GET", "/tasks")).json()).map(({ due }) => due);
  await expect.poll(dues).toEqual(["2031-05-06T17:00", "2031-05-06", null]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(dues).toEqual(["2030-01-01T17:00", null, null]);
  expect(writes, "one request an act").toEqual(["/bulk", "/bulk"]);
});

test("a finger that swipes a row completes or deletes the task, and a short swipe does nothing", async ({ page, member }, info) => {
  test.skip(!info.project.use.hasTouch, "needs a touch screen");
  await member.add("pay rent", "call mum");
  await page.goto("/");
  await expect(box(page, "call mum")).toBeVisible();
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) => client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const swipe = async (title, way) => {
    const { x, y } = await item(page, title).boundingBox();
    const start = x + 150;
    await touch("touchStart", start, y + 25);
    for (const part of [0.2, 0.5, 1]) await touch("touchMove", start + way * part, y + 26);
    // The browser may tell the page of a move only with its next frame.
    const isTaken = await page.locator("[data-swipe]").waitFor({ timeout: 1000 }).then(() => true, () => false);
    await touch("touchEnd");
    return isTaken;
  };
  // The code for swiping comes with the first touch; and where the machine is slow, a touch may be taken for a long press.
  const swipeUntilTaken = (title, way) => expect.poll(() => swipe(title, way)).toBe(true);
  await swipeUntilTaken("call mum", 60);
  await expect(box(page, "call mum")).not.toBeChecked();
  await swipeUntilTaken("call mum", 140);
  await expect(box(page, "call mum")).toBeChecked();
  await swipeUntilTaken("pay rent", -140);
  await expect(box(page, "pay rent")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(box(page, "pay rent")).toBeVisible();
});

test("a sheet leaves no focus nowhere when its list goes, and nothing over another page", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "the way to a new list is another one there");
  await member.call("POST", "/lists", { name: "Garden" });
  await page.goto("/settings");
  await page.getByRole("link", { name: "Garden" }).click();
  await page.getByRole("button", { name: "Edit list" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit list" });
  await expect(sheet).toBeVisible();
  await page.goBack();
  await expect(sheet).toHaveCount(0);
  await page.goForward();
  await page.getByRole("button", { name: "Edit list" }).click();
  await sheet.getByRole("button", { name: "Delete list, keep its tasks" }).click();
  await expect(page.getByText('Deleted the list "Garden"')).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
});
