// How much the first page and the assistant weigh on the wire, and that nothing is asked of anybody else.
import { expect, newAccount, openAssistant, signUp, test } from "./app.js";

const KB = 1000;

/** Counts the requests from now on and what their bodies weigh as they are sent, compressed. */
function scale(page) {
  const seen = [];
  // Changes are asked for every few seconds; that is no part of the first load.
  page.on("requestfinished", (request) => request.url().includes("/tasks/changes") || seen.push(request));
  return async () => {
    const sizes = await Promise.all(seen.map(async (request) => [new URL(request.url()), (await request.sizes()).responseBodySize]));
    // The list is read again every few seconds; that is no part of the first load.
    return { requests: [...new Set(sizes.map(([url]) => url.pathname))], origins: new Set(sizes.map(([url]) => url.origin)), bytes: sizes.reduce((sum, [, size]) => sum + size, 0) };
  };
}

for (const locale of ["en-US", "de-DE"]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });
    for (const [who, path] of [["a guest", "/sign-in"], ["a member", "/"]]) {
      test(`the first load of ${who} is at most 60 KB in 8 requests, all to the app`, async ({ page, baseURL }, info) => {
        if (who === "a member") await signUp(page.request, baseURL, newAccount("Zoe"));
        const weigh = scale(page);
        await page.goto(path, { waitUntil: "networkidle" });
        const weight = await weigh();
        info.annotations.push({ type: "weight", description: `${weight.bytes} bytes, ${weight.requests.length} requests` });
        console.log(`${who}, ${locale}: ${weight.bytes} bytes in ${weight.requests.length} requests`);
        expect(await page.locator("html").getAttribute("lang")).toBe(locale.slice(0, 2));
        expect(weight.requests.length, weight.requests.join(" ")).toBeLessThanOrEqual(8);
        expect(weight.bytes).toBeLessThanOrEqual(60 * KB);
        expect([...weight.origins]).toEqual([baseURL]);
      });
    }
  });
}

test("the assistant is loaded when it is opened, and is at most 18 KB", async ({ page, member }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  const weigh = scale(page);
  await openAssistant(page);
  await page.waitForLoadState("networkidle");
  const weight = await weigh();
  console.log(`assistant: ${weight.bytes} bytes in ${weight.requests.length} requests`);
  expect(weight.bytes).toBeGreaterThan(0);
  expect(weight.bytes).toBeLessThanOrEqual(18 * KB);
});

test("the command menu is loaded when it is opened, and is at most 4 KB", async ({ page, member }) => {
  await page.goto("/", { waitUntil: "networkidle" });
  const weigh = scale(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Command menu" })).toBeFocused();
  await page.waitForLoadState("networkidle");
  const weight = await weigh();
  console.log(`command menu: ${weight.bytes} bytes in ${weight.requests.length} requests`);
  expect(weight.bytes).toBeGreaterThan(0);
  expect(weight.bytes).toBeLessThanOrEqual(4 * KB);
});

test("the settings load no code of the assistant or of the form that signs in", async ({ page, member }) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto("/settings", { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  const others = () => loaded.filter((path) => /^\/assets\/(assistant~Panel|SecondFactor)-.*js$/.test(path));
  expect(others()).toEqual([]);
  await openAssistant(page);
  expect(others()).toHaveLength(1);
});
