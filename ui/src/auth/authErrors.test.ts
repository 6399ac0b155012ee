import { expect, test } from "vitest";
import { strings } from "../strings";
import { explain } from "./authErrors";

test("a wrong password and an unknown address read the same", () => {
  expect(explain({ status: 401, code: "INVALID_EMAIL_OR_PASSWORD" })).toBe(strings.authErrors.credentials);
});

test("a taken address says so", () => {
  const refusal = { status: 422, code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL" };
  expect(explain(refusal)).toBe(strings.authErrors.exists);
});

test("what has no known code is told by its status", () => {
  expect(explain({ status: 429 })).toBe(strings.authErrors.tooMany);
  expect(explain({ status: 503 })).toBe(strings.authErrors.offline);
  expect(explain({ status: 500 })).toBe(strings.authErrors.other);
  expect(explain({ status: 422, code: "FAILED_TO_CREATE_USER" })).toBe(strings.authErrors.other);
});
