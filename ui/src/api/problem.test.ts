import { expect, test } from "vitest";
import { appStrings } from "../strings/firstPage";
import { ApiError } from "./problem";
import { readProblem } from "./schema";

const answered = (status: number, document: Parameters<typeof readProblem>[0], retryAfter: string | null = null) =>
  ApiError.fromDocument(status, readProblem(document), retryAfter);

test("a refused member's own message comes first", () => {
  const whole = { detail: "title: is required.", errors: [{ field: "title", message: "is required." }] };
  expect(answered(422, whole).sentence).toBe("Title is required.");
  expect(answered(422, { errors: [{ field: "title", message: "Too long" }] }).sentence).toBe("Too long.");
});

test("a limit says when it ends", () => {
  expect(answered(429, null, "30").sentence).toBe(appStrings.problems.tooManyFor(30));
  expect(answered(429, null, "soon").sentence).toBe(appStrings.problems.tooMany);
});

test("an answer that is no problem document still gets a sentence", () => {
  expect(answered(500, "<html>").sentence).toBe(appStrings.problems.other);
  expect(answered(502, null).sentence).toBe(appStrings.problems.unavailable);
});

test("only what may pass is worth another try", () => {
  expect([0, 429, 500, 503].map((status) => new ApiError(status, "x").retryable)).toEqual([true, true, true, true]);
  expect([400, 401, 403, 404, 422].some((status) => new ApiError(status, "x").retryable)).toBe(false);
});
