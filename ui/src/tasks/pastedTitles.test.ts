import { expect, test } from "vitest";
import { pastedTitles } from "./pastedTitles";

test("each line is a task, without marks of lists", () => {
  expect(pastedTitles("Milk\r\nBread\n\n  Butter  \n")).toEqual(["Milk", "Bread", "Butter"]);
  expect(pastedTitles("- Milk\n* Bread\n1. Butter\n2) Eggs\n- [ ] Rice\n[x] Tea")).toEqual([
    "Milk",
    "Bread",
    "Butter",
    "Eggs",
    "Rice",
    "Tea",
  ]);
});

test("cells of a row are one task, and what only looks like a mark stays", () => {
  expect(pastedTitles("Milk\t2 l")).toEqual(["Milk 2 l"]);
  expect(pastedTitles("-5 degrees\n3.5 km run")).toEqual(["-5 degrees", "3.5 km run"]);
});
