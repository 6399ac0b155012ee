import { expect, test } from "vitest";
import { describeDue, localDay } from "./dueDate";

const now = new Date("2026-11-28T22:30");

test("near days are named, others have their date, and a year that is not this one", () => {
  expect(localDay(now)).toBe("2026-11-28");
  expect(describeDue("2026-11-28", now)).toBe("Today");
  expect(describeDue("2026-11-29", now)).toBe("Tomorrow");
  expect(describeDue("2026-11-27", now)).toBe("Yesterday");
  expect(describeDue("2026-12-04", now)).toBe("Fri, Dec 4");
  expect(describeDue("2027-01-02", now)).toBe("Sat, Jan 2, 2027");
});

test("a time is told with its day", () => {
  expect(describeDue("2026-11-28T17:00", now)).toMatch(/^Today, 5:00\sPM$/);
});
