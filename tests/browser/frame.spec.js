// What surrounds every page: the way to all lists, and room for everything in it at every width.
import { box, expect, newTask, openAssistant, test } from "./app.js";

test("the lists and counts are there on every page, and follow what others change", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "a phone has no column of lists");
  await member.call("POST", "/lists", { name: "Garden" });
  await member.call("POST", "/tasks", { title: "paint the fence", list: "Garden" });
  for (const path of ["/settings", "/activity"]) {
    await page.goto(path);
    await expect(page.getByRole("link", { name: "Garden" })).toBeVisible();
  }
  await page.goto("/settings");
  await expect(page.getByRole("link", { name: "Tasks", exact: true })).toContainText("1");
  await member.add("call mum");
  await expect(page.getByRole("link", { name: "Tasks", exact: true })).toContainText("2");
});

test("the heading stays in one line beside the assistant", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "on a phone the assistant covers the page");
  await member.add("one", "two");
  for (const width of [1000, 1080, 1280, 1439]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/");
    await expect(box(page, "two")).toBeVisible();
    await openAssistant(page);
    const places = await Promise.all(
      [page.getByRole("heading", { level: 1 }), page.getByRole("combobox", { name: "Order" }), page.getByRole("textbox", { name: "Search tasks" })].map((part) => part.boundingBox()),
    );
    const middles = places.map(({ y, height }) => y + height / 2);
    expect(Math.max(...middles) - Math.min(...middles), `at ${width} px`).toBeLessThan(20);
    await page.getByRole("button", { name: "Close assistant" }).click();
  }
});

test("long numbers and counts fit their places", async ({ page, member }) => {
  const tasks = Array.from({ length: 1200 }, (_, at) => ({ id: 9_876_543 - at, title: `task ${at}`, description: null, completed: false, updated_at: "x" }));
  await page.route("**/tasks?*", (route) => route.fulfill({ json: tasks }));
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  await expect(page.getByText("999+")).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await openAssistant(page);
  const number = page.getByText("#9876543", { exact: true });
  await expect(number).toBeVisible();
  const overlap = await number.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  expect(overlap).toBe(false);
});

test("the index of the settings is not cut beside the room of the assistant", async ({ page, member, isMobile }) => {
  test.skip(isMobile, "on a phone it is scrolled sideways");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/settings");
  const index = page.getByRole("navigation", { name: "Subjects" });
  await expect(index).toBeVisible();
  expect(await index.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
});
