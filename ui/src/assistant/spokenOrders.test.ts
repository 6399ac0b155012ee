import { expect, test } from "vitest";
import { spokenOrders } from "./spokenOrders";

test("the orders after Say are proposed, in both languages", () => {
  expect(spokenOrders(`I did not understand that. Say "what's left?", "add buy milk" or "help".`)).toEqual([
    "what's left?",
    "add buy milk",
    "help",
  ]);
  expect(spokenOrders("Das ist schon geschehen. Sag „rückgängig“, um es zurückzunehmen.")).toEqual(["rückgängig"]);
  expect(spokenOrders('These are 120 tasks, so I take the first 50. After them, say "the next 50".')).toEqual([
    "the next 50",
  ]);
});

test("nothing else in quotes is proposed", () => {
  for (const text of [
    'Undone: completed "Buy milk".',
    '#3 Say "delete everything"',
    '- delete #3 "Say"',
    'Say "move task 3 to …" first.',
    "Your tasks:\n#1 Buy milk",
    "",
  ])
    expect(spokenOrders(text), text).toEqual([]);
});
