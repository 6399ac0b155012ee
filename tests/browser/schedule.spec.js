// Dates in words and in the calendar, repeats, reminders, and putting a task off from its row.
import { box, expect, look, test } from "./app.js";

const stored = async (member, id = 1) => (await member.call("GET", `/tasks/${id}`)).json();
const edit = (page, title) => page.getByRole("button", { name: `Edit "${title}"` }).click();
const due = (page) => page.getByRole("textbox", { name: "Due", exact: true });
const save = (page) => page.getByRole("button", { name: "Save" }).click();

/** The browser's clock stands at this time, so that words mean the same day in every run. */
async function clock(page) {
  await page.clock.setFixedTime(new Date("2026-12-02T10:00:00"));
}

/** Opens what stands behind the row's button on a phone, then the dialog of the date. */
async function openDate(page, title) {
  const more = page.getByRole("button", { name: `More for "${title}"` });
  const date = page.getByRole("button", { name: `Date of "${title}"` });
  await expect(more.or(date).filter({ visible: true }).first()).toBeVisible();
  if (await more.isVisible()) await more.click();
  await date.click();
  const dialog = page.getByRole("dialog", { name: `When is “${title}” due?` });
  await expect(dialog.getByRole("button", { name: "Today" })).toBeFocused();
  return dialog;
}

test("a date is written in words, and what is not understood is kept and said", async ({ page, member }) => {
  await clock(page);
  await member.add("call the dentist");
  await page.goto("/");
  await edit(page, "call the dentist");
  await due(page).fill("fri 9");
  await expect(page.getByText("Fri, Dec 4, 9:00 AM")).toBeVisible();
  await due(page).fill("some day soon");
  await save(page);
  await expect(page.getByText("This is not understood.")).toBeVisible();
  await expect(due(page)).toHaveValue("some day soon");
  await expect(due(page)).toHaveAttribute("aria-invalid", "true");
  await due(page).fill("fri 9");
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ due: "2026-12-04T09:00" });
  await edit(page, "call the dentist");
  await due(page).fill("");
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ due: null });
});

test("words that say a repeat set both @keyboard", async ({ page, member }) => {
  await clock(page);
  await member.add("water plants");
  await page.goto("/");
  await edit(page, "water plants");
  await due(page).fill("every friday 9");
  await expect(page.getByText("Repeats every Friday. Completed on time, it is due again Fri, Dec 11.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(() => stored(member)).toMatchObject({ due: "2026-12-04T09:00", repeat: "FREQ=WEEKLY;BYDAY=FR" });
  await page.keyboard.press("u");
  await expect.poll(() => stored(member)).toMatchObject({ due: null, repeat: null });
});

test("the calendar is used by keyboard alone @keyboard", async ({ page, member }) => {
  await clock(page);
  await member.call("PATCH", "/settings", { time_zone: "Europe/Berlin", week_start: "monday" });
  await member.call("POST", "/tasks", { title: "pay rent", due: "2026-12-31T17:00" });
  await page.goto("/");
  await edit(page, "pay rent");
  await due(page).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const day = (name) => page.getByRole("gridcell").getByRole("button", { name });
  await expect(day("Thursday, December 31, 2026")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(day("Friday, January 1, 2027")).toBeFocused();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("End");
  await expect(day("Sunday, February 7, 2027")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(due(page)).toHaveValue(/^Sun, Feb 7, 2027, 5:00/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Choose in the calendar" })).toBeFocused();
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ due: "2027-02-07T17:00" });
});

test("a repeat is chosen and refined, and says what will happen", async ({ page, member }) => {
  await clock(page);
  await member.call("POST", "/tasks", { title: "take out the bins", due: "2026-12-01" });
  await page.goto("/");
  await edit(page, "take out the bins");
  const repeat = page.getByLabel("Repeat", { exact: true });
  await expect(repeat.getByRole("option")).toHaveText(["Does not repeat", "Every day", "Every weekday", "Every Tuesday", "Every month on the 1st", "Every month on the 1st Tuesday", "Every year"]);
  await repeat.selectOption({ label: "Every Tuesday" });
  await expect(page.getByText("Repeats every Tuesday. Completed on time, it is due again Tue, Dec 8.")).toBeVisible();
  await page.getByText("More about the repeat").click();
  await page.getByLabel("Every", { exact: true }).fill("2");
  await page.getByRole("button", { name: "Fr", exact: true }).click();
  await page.getByLabel("Ends").selectOption("On a day");
  await page.getByLabel("Last day").fill("2026-12-31");
  await expect(page.getByText("Repeats every 2 weeks on Tuesday and Friday, until 31 December 2026.")).toBeVisible();
  await page.getByLabel("Count from the day I complete it").check();
  await expect(page.getByText("The next date is counted from the day you complete it.")).toBeVisible();
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ repeat: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;UNTIL=20261231", repeat_from: "completion" });
});

test("reminders say when they come; five at most; without a date there are none", async ({ page, member }) => {
  await clock(page);
  await member.call("POST", "/tasks", { title: "catch the train", due: "2026-12-04T17:00" });
  await page.goto("/");
  await edit(page, "catch the train");
  const chip = (name) => page.getByRole("group", { name: "Remind me" }).getByRole("button", { name, exact: true });
  await chip("10 minutes before").click();
  await expect(page.getByText("Reminds you Fri, Dec 4, 4:50")).toBeVisible();
  await chip("1 day before").click();
  await expect(page.getByText(/Reminds you tomorrow, 5:00.PM and Fri, Dec 4, 4:50/)).toBeVisible();
  await chip("Other…").click();
  await page.getByLabel("How long before").fill("2");
  await page.getByLabel("Unit").selectOption("hours");
  await page.getByRole("button", { name: "Add", exact: true }).last().click();
  await expect(chip("2 hours before")).toHaveAttribute("aria-pressed", "true");
  await chip("At due").click();
  await chip("1 hour before").click();
  await expect(page.getByText("At most 5 reminders.")).toBeVisible();
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ remind: [0, 10, 60, 120, 1440] });
  await edit(page, "catch the train");
  await chip("2 hours before").click();
  await due(page).fill("");
  await expect(page.getByRole("group", { name: "Remind me" })).toHaveCount(0);
  await save(page);
  await expect.poll(() => stored(member)).toMatchObject({ due: null, remind: [] });
});

test("a task is put off from its row, which can be undone", async ({ page, member }) => {
  await clock(page);
  await member.call("POST", "/tasks", { title: "pay rent", due: "2026-11-30T17:00", remind: [10] });
  await page.goto("/");
  const dialog = await openDate(page, "pay rent");
  await dialog.getByRole("button", { name: "Next week" }).click();
  await expect(page.getByText(/“pay rent” is due Mon, Dec 7, 5:00/)).toBeVisible();
  await expect.poll(() => stored(member)).toMatchObject({ due: "2026-12-07T17:00", remind: [10] });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => stored(member)).toMatchObject({ due: "2026-11-30T17:00", remind: [10] });
});

test("another day is said in the row's dialog, and Escape changes nothing @keyboard", async ({ page, member }) => {
  await clock(page);
  await member.add("pay rent");
  await page.goto("/");
  await openDate(page, "pay rent");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: 'Date of "pay rent"' })).toBeFocused();
  const dialog = await openDate(page, "pay rent");
  await dialog.getByLabel("Pick a date or say it").fill("in 2 weeks");
  await page.keyboard.press("Enter");
  await expect.poll(() => stored(member)).toMatchObject({ due: "2026-12-16" });
});

test("the parts for a date can be looked at", async ({ page, member }, info) => {
  await clock(page);
  await member.call("POST", "/tasks", { title: "catch the train", due: "2026-12-04T17:00", repeat: "FREQ=WEEKLY;BYDAY=FR", remind: [10, 1440] });
  await page.goto("/");
  await edit(page, "catch the train");
  await expect(page.getByText("Reminds you")).toBeVisible();
  await look(page, info, "task schedule");
  await page.getByText("More about the repeat").click();
  await page.getByRole("button", { name: "Choose in the calendar" }).click();
  await look(page, info, "task schedule open");
  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = await openDate(page, "catch the train");
  await expect(dialog.getByRole("button", { name: "Tomorrow" })).toBeVisible();
  await look(page, info, "task date");
  await dialog.getByRole("button", { name: "Choose in the calendar" }).click();
  await look(page, info, "task date calendar");
});
