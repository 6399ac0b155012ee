// Without a connection: the app opens, shows the list that was seen last, and never somebody's who is gone.
import { box, expect, newTask, signOut, test } from "./app.js";

test.use({ serviceWorkers: "allow" });

/** The worker has the app's files and serves this page. */
async function installed(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });
}

test("without a connection the list can be changed, and all of it is sent once when the connection is back", async ({ page, context, member }) => {
  await member.add("seen before", "rename me");
  await page.goto("/");
  await expect(box(page, "rename me")).toBeVisible();
  await installed(page);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await box(page, "seen before").click();
  await newTask(page).fill("added offline");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Waiting for the connection")).toBeVisible();
  await expect(box(page, "added offline")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expect(box(page, "seen before")).toBeChecked();
  await expect(page.getByRole("button", { name: /^Account of \w/ })).toBeVisible();
  await page.getByRole("button", { name: 'Edit "rename me"' }).click();
  await page.keyboard.type("renamed");
  await page.keyboard.press("Enter");
  await expect(box(page, "renamed")).toBeVisible();
  await expect(box(page, "added offline")).toBeVisible();
  await context.setOffline(false);
  const stored = async () => (await (await member.call("GET", "/tasks")).json()).map(({ title, completed }) => `${title} ${completed}`);
  await expect.poll(stored).toEqual(["seen before true", "renamed false", "added offline false"]);
  await expect(page.getByText("You are offline.")).toHaveCount(0);
});

test("what was typed without a connection and not sent is still there after two reloads", async ({ page, context, member }) => {
  await member.add("seen before");
  await page.goto("/");
  await expect(box(page, "seen before")).toBeVisible();
  await installed(page);
  await context.setOffline(true);
  await newTask(page).fill("half a thou");
  for (const reload of [1, 2]) {
    await page.reload();
    await expect(newTask(page), `reload ${reload}`).toHaveValue("half a thou");
  }
});

for (const [from, to] of [["en-US", "de"], ["de-DE", "en"]]) {
  test.describe(`from ${from}`, () => {
    test.use({ locale: from });

    test("both languages are there without a connection", async ({ page, context, member }) => {
      const heading = { en: "Tasks", de: "Aufgaben" };
      await member.add("seen before");
      await page.goto("/");
      await expect(page.getByRole("heading", { name: heading[from.slice(0, 2)], level: 1 })).toBeVisible();
      await expect(box(page, "seen before")).toBeVisible();
      await installed(page);
      await context.setOffline(true);
      await page.locator("#new-task").fill("half a thou");
      await page.evaluate((language) => localStorage.setItem("language", language), to);
      await page.reload();
      await expect(page.getByRole("heading", { name: heading[to], level: 1 })).toBeVisible();
      await expect(page.locator("#new-task")).toHaveValue("half a thou");
    });
  });
}

test("who signed out left nothing to read", async ({ page, context, member }) => {
  await member.add("private");
  await page.goto("/");
  await expect(box(page, "private")).toBeVisible();
  await installed(page);
  await signOut(page);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  await expect(page.getByText("private")).toHaveCount(0);
});

test("the worker keeps no response of the API", async ({ page, member }) => {
  await member.add("not kept");
  await page.goto("/");
  await expect(box(page, "not kept")).toBeVisible();
  await installed(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)));
    return all.flat();
  });
  expect(kept).toContain("/");
  expect(kept.filter((path) => path.startsWith("/api"))).toEqual([]);
});

test("a new build says that it is there, and what was typed stays", async ({ page, member }) => {
  await page.goto("/");
  await installed(page);
  await page.reload();
  await expect(newTask(page)).toBeVisible();
  await newTask(page).fill("half a sentence");
  await page.evaluate(() => navigator.serviceWorker.dispatchEvent(new Event("controllerchange")));
  await expect(page.getByText("A new version is ready.")).toBeVisible();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("A new version is ready.")).toHaveCount(0);
  await expect(newTask(page)).toHaveValue("half a sentence");
});

test("it can be installed", async ({ page }) => {
  await page.goto("/sign-in");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await page.request.get(href)).json();
  expect(manifest).toMatchObject({ display: "standalone", start_url: "/" });
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"]).toBe(type);
    if (type !== "image/png") continue;
    const bytes = await icon.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});
