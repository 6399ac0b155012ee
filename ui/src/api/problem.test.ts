import { beforeAll, expect, test, vi } from "vitest";
import { appStrings } from "../strings/firstPage";
import { ApiError, loadProblemTexts } from "./problem";
import { readProblem } from "./schema";

const errorOf = (status: number, document: Parameters<typeof readProblem>[0], retryAfter: string | null = null) =>
  ApiError.fromDocument(status, readProblem(document), retryAfter);

beforeAll(loadProblemTexts);

test("the message of a rejected field comes first", () => {
  const whole = { detail: "title: is required.", errors: [{ field: "title", message: "is required." }] };
  expect(errorOf(422, whole).sentence).toBe("Title is required.");
  expect(errorOf(422, { errors: [{ field: "title", message: "Too long" }] }).sentence).toBe("Too long.");
});

test("all faults of a file are told, with their lines", () => {
  const errors = [2, 3, 4, 5, 6, 7].map((line) => ({ field: "title", message: "is required.", line }));
  expect(errorOf(422, { errors }).sentence).toBe(
    "Line 2: Title is required. Line 3: Title is required. Line 4: Title is required. Line 5: Title is required. Line 6: Title is required. And 1 more.",
  );
});

test("a rate limit says when it ends", () => {
  expect(errorOf(429, null, "30").sentence).toBe(appStrings.problems.tooManyFor(30));
  expect(errorOf(429, null, "soon").sentence).toBe(appStrings.problems.tooMany);
});

test("a response without a problem document still has a sentence", () => {
  expect(errorOf(500, "<html>").sentence).toBe(appStrings.problems.other);
  expect(errorOf(502, null).sentence).toBe(appStrings.problems.unavailable);
});

test("without the texts for what the server says, a failure is told in general", async () => {
  vi.resetModules();
  const { ApiError: ErrorWithoutTexts } = await import("./problem");
  const errors = [{ field: "title", message: "is required.", line: null }];
  expect(new ErrorWithoutTexts(422, "invalid", "", errors).sentence).toBe(appStrings.problems.other);
});

test("only a temporary failure is retryable", () => {
  expect([0, 429, 500, 503].map((status) => new ApiError(status, "x").retryable)).toEqual([true, true, true, true]);
  expect([400, 401, 403, 404, 422].some((status) => new ApiError(status, "x").retryable)).toBe(false);
});
