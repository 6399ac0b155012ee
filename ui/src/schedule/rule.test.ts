import { expect, test } from "vitest";
import { nextDay, offeredRules, parseRule, printRule, withFrequency } from "./rule";
import { describeRule } from "./ruleWords";

const next = (rule: string, due: string) => {
  const parts = parseRule(rule);
  return parts && nextDay(parts, due);
};

test("a rule that is read and printed is the same", () => {
  for (const rule of [
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
    "FREQ=WEEKLY;BYDAY=SU;WKST=SU",
    "FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=4",
    "FREQ=MONTHLY;BYDAY=2TU,-1FR;UNTIL=20261231",
    "FREQ=YEARLY;UNTIL=20301231",
  ]) {
    const parts = parseRule(rule);
    expect(parts && printRule(parts)).toBe(rule);
  }
  expect(parseRule("every week")).toBeNull();
});

test("a rule is said as the server says it", () => {
  expect(describeRule("FREQ=DAILY")).toBe("every day");
  expect(describeRule("FREQ=DAILY;INTERVAL=3;COUNT=5")).toBe("every 3 days, 5 times");
  expect(describeRule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")).toBe("every weekday");
  expect(describeRule("FREQ=WEEKLY;BYDAY=MO,WE,FR")).toBe("every Monday, Wednesday and Friday");
  expect(describeRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231")).toBe(
    "every 2 weeks on Tuesday, until 31 December 2026",
  );
  expect(describeRule("FREQ=MONTHLY;BYMONTHDAY=1,22")).toBe("every month on the 1st and 22nd");
  expect(describeRule("FREQ=MONTHLY;BYMONTHDAY=-1")).toBe("every month on the last day");
  expect(describeRule("FREQ=MONTHLY;BYDAY=2TU")).toBe("every month on the 2nd Tuesday");
  expect(describeRule("FREQ=MONTHLY;BYDAY=-1FR")).toBe("every month on the last Friday");
  expect(describeRule("FREQ=MONTHLY;BYDAY=SU")).toBe("every month on each Sunday");
  expect(describeRule("FREQ=YEARLY", "completion")).toBe("every year after completion");
});

test("the next day follows the rule, and a short month has it on its last day", () => {
  expect(next("FREQ=DAILY;INTERVAL=2", "2026-12-31")).toBe("2027-01-02");
  expect(next("FREQ=WEEKLY;BYDAY=MO,FR", "2026-11-30")).toBe("2026-12-04");
  expect(next("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-12-04")).toBe("2026-12-14");
  expect(next("FREQ=WEEKLY", "2026-12-01T09:00")).toBe("2026-12-08");
  expect(next("FREQ=MONTHLY", "2027-01-31")).toBe("2027-02-28");
  expect(next("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30")).toBe("2026-12-31");
  expect(next("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27")).toBe("2026-12-25");
  expect(next("FREQ=MONTHLY;BYDAY=1TU", "2026-12-01")).toBe("2027-01-05");
  expect(next("FREQ=YEARLY", "2028-02-29")).toBe("2029-02-28");
});

test("after the end there is no next day", () => {
  expect(next("FREQ=DAILY;UNTIL=20261201", "2026-12-01")).toBeNull();
  expect(next("FREQ=DAILY;COUNT=1", "2026-12-01")).toBeNull();
});

test("what is offered fits the day", () => {
  expect(offeredRules("2026-12-01T09:00")).toEqual([
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYDAY=1TU",
    "FREQ=YEARLY",
  ]);
  expect(offeredRules("2026-11-27")).toContain("FREQ=MONTHLY;BYDAY=-1FR");
});

test("another unit keeps only what has a meaning in it", () => {
  const weekly = parseRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=3");
  expect(weekly && printRule(withFrequency(weekly, "MONTHLY", "2026-12-01"))).toBe(
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1;COUNT=3",
  );
});
