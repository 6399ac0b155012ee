import { expect, test } from "vitest";
import { filterRows, formatFilter, orderOf, orderRows, parseFilter } from "./filter";
import { buildRows } from "./list";

const updated_at = "2026-11-25T10:00:00Z";
const milk = { id: 1, title: "Milk", description: null, completed: false, updated_at };
const bread = { id: 2, title: "Bread", description: "Rye, from the café", completed: true, updated_at };
const rows = buildRows([milk, bread], []);

test("the filter is in the address, and an unknown status means all", () => {
  expect(parseFilter("?status=pending&q=oat")).toEqual({ status: "pending", words: "oat" });
  expect(parseFilter("?status=done")).toEqual({ status: "all", words: "" });
  expect(formatFilter({ status: "pending", words: "a&b" })).toBe("?status=pending&q=a%26b");
  expect(formatFilter({ status: "all", words: " " })).toBe("");
});

test("tasks are filtered by status, by words in any order, and by number", () => {
  const found = (search: string) => filterRows(rows, parseFilter(search)).map(({ id }) => id);
  expect(found("?status=completed")).toEqual([2]);
  expect(found("?status=pending")).toEqual([1]);
  expect(found("?q=CAFE+bread")).toEqual([2]);
  expect(found("?q=%231")).toEqual([1]);
  expect(found("?q=milk&status=completed")).toEqual([]);
});

test("the inbox has the tasks of no list", () => {
  const listed = buildRows([milk, { ...milk, id: 2, list: "Home" }, { ...milk, id: 3, list: null }], []);
  const filter = parseFilter("?list=");
  expect(filterRows(listed, filter).map(({ id }) => id)).toEqual([3, 1]);
  expect(formatFilter(filter)).toBe("?list=");
});

test("an order is in the address, and where dates count it is theirs unless another one is chosen", () => {
  expect(formatFilter({ status: "all", words: "", sort: "title" })).toBe("?sort=title");
  expect(parseFilter("?sort=size")).toEqual({ status: "all", words: "" });
  expect(orderOf(parseFilter(""))).toBe("manual");
  expect(orderOf(parseFilter("?due=today"))).toBe("due");
  expect(orderOf(parseFilter("?due=today&sort=manual"))).toBe("manual");
});

test("tasks are ordered by date, with those without one last, by priority, by title with numbers, and by age", () => {
  const task = (id: number, title: string, more: object) => ({ ...milk, id, title, ...more });
  const some = buildRows(
    [
      task(1, "Room 10", { due: "2026-12-01T09:00", priority: "low" }),
      task(2, "Room 9", { priority: "high" }),
      task(3, "attic", { due: "2026-12-01", position: "a0i" }),
    ],
    [],
  );
  const ids = (order: Parameters<typeof orderRows>[1]) => orderRows(some, order).map(({ id }) => id);
  expect(ids("due")).toEqual([3, 1, 2]);
  expect(ids("priority")).toEqual([2, 1, 3]);
  expect(ids("title")).toEqual([3, 2, 1]);
  expect(ids("newest")).toEqual([3, 2, 1]);
});
