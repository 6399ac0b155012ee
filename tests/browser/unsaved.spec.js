// New tasks that the server does not take yet: none is lost, none is added twice.
import { addByHand, box, expect, look, newTask, test } from "./app.js";

const row = (page, title) => page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name: title, exact: true }) });

/** Additions meet a server that does not respond until the returned function is called. */
async function unreachable(page) {
  const dead = (route) => (route.request().method() === "POST" ? route.abort("connectionrefused") : route.fallback());
  await page.route("**/api/*/tasks", dead);
  return () => page.unroute("**/api/*/tasks", dead);
}

async function submit(page, ...titles) {
  for (const title of titles) {
    await newTask(page).fill(title);
    await page.keyboard.press("Enter");
  }
}

async function open(page) {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "A clean page" })).toBeVisible();
}

test("new tasks stay in the list while the server does not respond, and are saved when it does", async ({ page, member }, info) => {
  const back = await unreachable(page);
  await open(page);
  await submit(page, "alpha", "bravo", "charlie");
  await newTask(page).fill("del");
  for (const title of ["alpha", "bravo", "charlie"]) await expect(row(page, title)).toContainText("Not saved");
  await expect(newTask(page)).toHaveValue("del");
  await look(page, info, "tasks not saved");
  await row(page, "bravo").getByRole("button", { name: "Discard" }).click();
  await expect(box(page, "bravo")).toHaveCount(0);
  await back();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(box(page, "charlie")).toBeEnabled();
  const list = await (await member.call("GET", "/tasks")).json();
  expect(list.map(({ title }) => title).toSorted()).toEqual(["alpha", "charlie"]);
});

test("new tasks that are not saved survive a reload, and are saved after it", async ({ page, member }) => {
  const back = await unreachable(page);
  await open(page);
  await submit(page, "alpha", "bravo");
  await expect(row(page, "bravo")).toContainText("Not saved");
  await page.reload();
  await expect(row(page, "alpha")).toContainText("Not saved");
  await back();
  await row(page, "alpha").getByRole("button", { name: "Try again" }).click();
  await expect(box(page, "alpha")).toBeEnabled();
  await page.reload();
  // Until its response has come, an addition may stand beside the task that the list has already.
  await expect.poll(() => box(page, "bravo").evaluateAll((boxes) => boxes.map(({ disabled }) => disabled))).toEqual([false]);
  expect(await (await member.call("GET", "/tasks")).json()).toHaveLength(2);
});

test("one title that is entered three times makes three tasks", async ({ page, member }) => {
  let respond;
  const slow = new Promise((resolve) => (respond = resolve));
  await page.route("**/api/*/tasks", async (route) => {
    await slow;
    return route.continue();
  });
  await page.goto("/");
  await submit(page, "milk", "milk", "milk");
  await expect(box(page, "milk")).toHaveCount(3);
  respond();
  await expect.poll(() => box(page, "milk").evaluateAll((boxes) => boxes.filter(({ disabled }) => !disabled).length)).toBe(3);
  expect(await (await member.call("GET", "/tasks")).json()).toHaveLength(3);
});

test("an addition whose response was lost does not reopen the task, nor swallow the next one of its name", async ({ page, member }) => {
  let lost = 0;
  await page.route("**/api/*/tasks", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch();
    await member.call("PATCH", "/tasks/1/complete");
    return route.abort();
  });
  await open(page);
  await submit(page, "bread");
  await expect(box(page, "bread")).toBeEnabled();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(box(page, "bread")).toBeChecked();
  await addByHand(page, "rye bread");
  await submit(page, "bread");
  await expect(page.getByText("2 pending, 1 completed")).toBeVisible();
});

test("what was not saved when the tab was closed is there in the next one, and is saved once", async ({ page, member, context }) => {
  const dead = (route) => (route.request().method() === "POST" ? route.abort("connectionrefused") : route.fallback());
  await context.route("**/api/*/tasks", dead);
  await open(page);
  await submit(page, "alpha", "bravo");
  await expect(row(page, "bravo")).toContainText("Not saved");
  const [first, second] = [await context.newPage(), await context.newPage()];
  await Promise.all([first, second].map((tab) => tab.goto("/")));
  await expect(first.getByRole("heading", { name: "A clean page" })).toBeVisible();
  await page.close();
  await expect.poll(async () => (await row(first, "alpha").count()) + (await row(second, "alpha").count())).toBe(1);
  await context.unroute("**/api/*/tasks", dead);
  await expect.poll(async () => (await (await member.call("GET", "/tasks")).json()).map(({ title }) => title)).toEqual(["alpha", "bravo"]);
});
