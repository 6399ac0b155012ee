import { expect, test } from "vitest";
import { withoutRepeatedLines } from "./repeatedLines";

test("a sentence that only repeats a card is left out", () => {
  const subjects = ["#6 milk", "#7 eggs"];
  expect(withoutRepeatedLines("Added #6 milk.\nAdded #7 eggs.\n\nAnything else?", subjects)).toBe("Anything else?");
  expect(withoutRepeatedLines('I added **"#6 milk"**.', subjects)).toBe("");
});

test("what says more stays", () => {
  const more = "Added #6 milk. You also have two other groceries on the list.";
  expect(withoutRepeatedLines(more, ["#6 milk"])).toBe(more);
  expect(withoutRepeatedLines("Delete #6 milk?", ["#6 milk"])).toBe("Delete #6 milk?");
  expect(withoutRepeatedLines("#6 milk", [])).toBe("#6 milk");
});
