import { expect, test } from "vitest";
import { dayChoices } from "./choices";
import { dayAfterKey, monthOf } from "./month";
import { lengthOf, localTime, reminderMoment, toggleReminder } from "./reminders";
import { numberOf } from "./rule";

test("a reminder is so long before the time, or before the day's hour", () => {
  expect(localTime(reminderMoment("2026-12-01T17:00", 10, "09:00"))).toBe("2026-12-01T16:50");
  expect(localTime(reminderMoment("2026-12-01", 60, "08:30"))).toBe("2026-12-01T07:30");
  expect(localTime(reminderMoment("2026-12-01", 1440, "09:00"))).toBe("2026-11-30T09:00");
});

test("a length is told in its largest unit", () => {
  expect([10, 60, 90, 1440, 10_080].map(lengthOf)).toEqual([
    { count: 10, unit: "minute" },
    { count: 1, unit: "hour" },
    { count: 90, unit: "minute" },
    { count: 1, unit: "day" },
    { count: 1, unit: "week" },
  ]);
});

test("reminders are added and removed, five at most", () => {
  expect(toggleReminder([0, 60], 10)).toEqual([0, 10, 60]);
  expect(toggleReminder([0, 10, 60], 10)).toEqual([0, 60]);
  expect(toggleReminder([0, 1, 2, 3, 4], 5)).toHaveLength(5);
});

test("a task that is put off keeps its time, unless that is over today", () => {
  const wednesday = new Date("2026-12-02T10:00");
  expect(dayChoices("2026-11-30T17:00", wednesday)).toEqual({
    today: "2026-12-02T17:00",
    tomorrow: "2026-12-03T17:00",
    nextWeek: "2026-12-07T17:00",
  });
  expect(dayChoices("2026-11-30T08:00", wednesday).today).toBe("2026-12-02");
  expect(dayChoices("", new Date("2026-11-30T10:00")).nextWeek).toBe("2026-12-07");
});

test("a month begins on its weekday and has all its days", () => {
  const { weeks } = monthOf(numberOf("2026-12-15"), 0);
  expect(weeks).toHaveLength(5);
  expect(weeks[0]?.[0]).toBeNull();
  expect(weeks[0]?.[1]).toBe(numberOf("2026-12-01"));
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31);
  // A week from Sunday on.
  expect(monthOf(numberOf("2026-12-15"), 6).weeks[0]?.[2]).toBe(numberOf("2026-12-01"));
});

test("keys lead through days, weeks, months and years", () => {
  const to = (key: string, shift = false) => dayAfterKey(numberOf("2026-12-31"), key, shift, 0);
  expect(to("ArrowRight")).toBe(numberOf("2027-01-01"));
  expect(to("ArrowUp")).toBe(numberOf("2026-12-24"));
  expect(to("Home")).toBe(numberOf("2026-12-28"));
  expect(to("End")).toBe(numberOf("2027-01-03"));
  expect(to("PageUp")).toBe(numberOf("2026-11-30"));
  expect(to("PageDown", true)).toBe(numberOf("2027-12-31"));
  expect(to("Enter")).toBeNull();
  expect(dayAfterKey(numberOf("2026-12-31"), "Home", false, 6)).toBe(numberOf("2026-12-27"));
});
