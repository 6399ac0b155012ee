import { expect, test } from "vitest";
import groups from "../../../tests/fixtures/task-words.json";
import { contextOf, readDate, readTask } from "./readTask";

interface Case {
  readonly text: string;
  readonly repeat_from?: string;
}

for (const { now, language, cases, ...more } of groups) {
  const dayStart = "day_start" in more ? 4 * 60 : 0;
  const context = contextOf(new Date(now), language === "de" ? "de" : "en", "week_start" in more ? 6 : 0, dayStart);
  test.each(cases as Case[])(`on ${now} (${language}): $text`, ({ text, repeat_from, ...said }) => {
    const { parts, ...reading } = readTask(text, context);
    expect(reading).toEqual(repeat_from === undefined ? said : { ...said, repeatFrom: repeat_from });
    for (const { start, end } of parts) expect(text.slice(start, end).trim()).not.toBe("");
  });
}

const saturday = contextOf(new Date("2026-11-28T10:00"), "en", 0);

test("a chip that is dismissed stays in the title and hides nothing", () => {
  const text = "Gym every monday at 9am #fit p1";
  const { parts } = readTask(text, saturday);
  expect(parts.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ["repeat", "every monday"],
    ["due", "at 9am"],
    ["tag", "#fit"],
    ["priority", "p1"],
  ]);
  const titles = parts.map((part) => readTask(text, saturday, [part]).title);
  expect(titles).toEqual(["Gym every monday", "Gym at 9am", "Gym #fit", "Gym p1"]);
});

test("a date field takes short forms and days of the past", () => {
  const due = (text: string) => readDate(text, saturday)?.due;
  expect(due("fri 9")).toBe("2026-12-04T09:00");
  expect(due("24. Dez. 2026 17:00")).toBe("2026-12-24T17:00");
  expect(due("12/24/2026 5:00 PM")).toBe("2026-12-24T17:00");
  expect(due("2019-02-28")).toBe("2019-02-28");
  expect(due("5.")).toBe("2026-12-05");
  expect(due("noon")).toBe("2026-11-28T12:00");
  expect(due("someday")).toBeUndefined();
  expect(due("Call mum tomorrow")).toBeUndefined();
  expect(readDate("jeden Montag", saturday)).toEqual({ due: "2026-11-30", repeat: "FREQ=WEEKLY;BYDAY=MO" });
});
