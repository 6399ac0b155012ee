import { expect, test } from "vitest";
import cases from "../../../tests/fixtures/folding.json";
import { foldedText, searchFinds } from "./foldedText";

test.each(cases.folded)("%j folds to %j", (text, folded) => {
  expect(foldedText(text as string)).toBe(folded);
  expect(foldedText(folded as string)).toBe(folded);
});

test.each(cases.matches)("$query in $text, number $id: $found", ({ query, text, id, found }) => {
  expect(searchFinds(query)(id, foldedText(text))).toBe(found);
});

test("a task without a number has none that is found", () => {
  expect(searchFinds("#3")(null, "#3 eggs")).toBe(false);
  expect(searchFinds("3")(null, "3 eggs")).toBe(true);
});
