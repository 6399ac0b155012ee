// When tasks are due, and where they belong: read from the line, shown quietly, edited, and gathered in views.
import { box, expect, look, newTask, section, test } from "./app.js";

const stored = async (member, id) => (await member.call("GET", `/tasks/${id}`)).json();

test("a line says when a task is due, its tag and priority; a chip that is dismissed stays in the title", async ({ page, member }) => {
  await page.goto("/");
  await newTask(page).fill("call mum tomorrow at 17:00 #family p1");
  const understood = page.getByRole("list", { name: "Understood" });
  await expect(understood.getByRole("listitem")).toHaveText(["tomorrow at 17:00", "#family", "p1"]);
  await understood.getByRole("button", { name: 'Keep "p1" in the title' }).click();
  await newTask(page).press("Enter");
  await expect(box(page, "call mum p1")).toBeEnabled();
  const chips = page.getByRole("list", { name: "Details" });
  await expect(chips).toContainText("Tomorrow, 5:00");
  await expect(chips.getByRole("link", { name: "family" })).toBeVisible();
  const task = await stored(member, 1);
  expect(task).toMatchObject({ title: "call mum p1", tags: ["family"], priority: "none" });
  expect(task.due).toMatch(/T17:00$/);
});

test("a line that is typed faster than its reader is loaded is read all the same", async ({ page, member }) => {
  let load;
  const loaded = new Promise((resolve) => (load = resolve));
  await page.route("**/assets/readTask-*.js", async (route) => {
    await loaded;
    return route.continue();
  });
  await page.goto("/");
  await newTask(page).fill("call mum #family");
  await newTask(page).press("Enter");
  await newTask(page).fill("the next one");
  load();
  await expect(box(page, "call mum")).toBeEnabled();
  await expect(newTask(page)).toHaveValue("the next one");
  expect(await stored(member, 1)).toMatchObject({ title: "call mum", tags: ["family"] });
});

test("a line that was sent and still waits for its reader is in the field again after a reload", async ({ page, member }) => {
  await page.route("**/assets/readTask-*.js", () => new Promise(() => undefined));
  await page.goto("/");
  await newTask(page).fill("call mum #family");
  await newTask(page).evaluate((field) => {
    field.form.requestSubmit();
    location.reload();
  });
  await expect(newTask(page)).toHaveValue("call mum #family");
  expect(await (await member.call("GET", "/tasks")).json()).toEqual([]);
});

test("Today has what is due today or late, and a task that is written there is due today", async ({ page, member }) => {
  await member.call("POST", "/tasks", { title: "late", due: "2020-01-01" });
  await member.call("POST", "/tasks", { title: "some day", due: "2199-01-01" });
  await member.call("POST", "/tasks", { title: "undated" });
  await page.goto("/");
  await page.getByRole("link", { name: "Today" }).click();
  await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect(page.getByRole("list", { name: "Details" })).toContainText("Overdue:");
  await newTask(page).fill("right now");
  await newTask(page).press("Enter");
  await expect(box(page, "right now")).toBeEnabled();
  await page.goto("/?due=upcoming");
  await expect(box(page, "some day")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
});

test("date, tags and list are edited, and each tag and list is a view", async ({ page, member }) => {
  await member.add("pay rent", "other");
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "pay rent"' }).click();
  await page.getByLabel("Due", { exact: true }).fill("2030-05-06");
  await page.getByLabel("Tags", { exact: true }).fill("home, money");
  await page.getByLabel("List", { exact: true }).fill("Flat");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => stored(member, 1)).toMatchObject({ due: "2030-05-06", tags: ["home", "money"], list: "Flat" });
  await page.getByRole("list", { name: "Details" }).getByRole("link", { name: "Flat" }).click();
  await expect(page.getByRole("heading", { name: "Flat", level: 1 })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.keyboard.press("u");
  await expect.poll(() => stored(member, 1)).toMatchObject({ due: null, tags: [], list: null });
});

/** A day as the API writes it, so many days from now. */
function day(days) {
  const at = new Date();
  at.setDate(at.getDate() + days);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

test("at midnight a page that stays open has another Today, and what was left is late", async ({ page, member }) => {
  await page.clock.install({ time: new Date(`${day(0)}T23:59:30`) });
  await member.call("POST", "/tasks", { title: "left over", due: day(0) });
  await member.call("POST", "/tasks", { title: "next", due: day(1) });
  await member.call("POST", "/tasks", { title: "at once", due: `${day(1)}T00:00` });
  await page.goto("/?due=today");
  await expect(box(page, "left over")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect(page.getByText("Overdue:")).toHaveCount(0);
  await page.clock.runFor(40_000);
  await expect(box(page, "next")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
  await expect(page.getByRole("list", { name: "Details" }).filter({ hasText: "Overdue:" })).toHaveText([/Yesterday/, /Today, 12:00.AM/]);
  await expect(page.getByRole("link", { name: "Today" })).toContainText("3");
});

test("where the user is, and when days, weeks and reminders begin, is chosen in the settings", async ({ page, member }, info) => {
  const settings = async () => (await member.call("GET", "/settings")).json();
  await page.goto("/");
  // A new user is where the browser is, and has the week of its language.
  await expect.poll(settings).toMatchObject({ week_start: "sunday", time_zone: expect.stringMatching(/./) });
  await page.goto("/settings");
  const part = section(page, "Dates and times");
  await part.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await expect(page.getByText("Saved")).toBeVisible();
  await part.getByLabel("The week begins on").selectOption("Saturday");
  await part.getByLabel("Reminders of a task without a time").fill("07:30");
  await part.getByLabel("A new day begins at").fill("04:00");
  await part.getByLabel("Time zone").focus();
  await expect(part.getByText(/reminds you at 7:30.AM/)).toBeVisible();
  await expect.poll(settings).toEqual({ time_zone: "Asia/Tokyo", week_start: "saturday", reminder_time: "07:30", day_start: "04:00" });
  await look(page, info, "settings times");
  await member.call("POST", "/tasks", { title: "rent", due: "2199-12-04", remind: [0] });
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "rent"' }).click();
  await expect(page.getByText(/Reminds you .*7:30.AM/)).toBeVisible();
  await page.getByRole("button", { name: "Choose in the calendar" }).click();
  await expect(page.getByRole("columnheader").first()).toHaveText("Sa");
});
