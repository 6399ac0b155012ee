// Without a connection: the app opens, shows the list that was seen last, and never somebody's who is gone.
import { box, expect, newTask, test } from "./app.js";

test.use({ serviceWorkers: "allow" });

/** The worker has the app's files and answers for this page. */
async function installed(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });
}

test("the last list is there to read, and the live one is back with the connection", async ({ page, context, member }) => {
  await member.add("seen before");
  await page.goto("/");
  await expect(box(page, "seen before")).toBeVisible();
  await installed(page);
  await context.setOffline(true);
  await expect(page.getByText("You are offline. Changes cannot be saved")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();
  await expect(page.getByText("seen before")).toBeVisible();
  await expect(newTask(page)).toHaveCount(0);
  await context.setOffline(false);
  await expect(newTask(page)).toBeVisible();
});

test("who signed out left nothing to read", async ({ page, context, member }) => {
  await member.add("private");
  await page.goto("/");
  await expect(box(page, "private")).toBeVisible();
  await installed(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  await expect(page.getByText("private")).toHaveCount(0);
});

test("the worker keeps no answer of the API", async ({ page, member }) => {
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
