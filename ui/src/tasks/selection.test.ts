import { beforeEach, expect, test } from "vitest";
import { clearSelection, selectAll, selection, selectTo, toggleSelected } from "./selection";

const shown = [9, 7, 5, 3, 1];
const selected = () => [...selection.value].sort();

beforeEach(clearSelection);

test("a task is selected and deselected", () => {
  toggleSelected(7);
  toggleSelected(3);
  toggleSelected(7);
  expect(selected()).toEqual([3]);
});

test("a range goes from the last selected task in either direction", () => {
  toggleSelected(3);
  selectTo(7, shown);
  expect(selected()).toEqual([3, 5, 7]);
  selectTo(1, shown);
  expect(selected()).toEqual([1, 3, 5, 7]);
});

test("a range without a beginning is one task", () => {
  selectTo(5, shown);
  expect(selected()).toEqual([5]);
  clearSelection();
  selectAll(shown);
  expect(selected()).toEqual([1, 3, 5, 7, 9]);
});
