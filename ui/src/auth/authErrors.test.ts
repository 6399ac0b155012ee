import { expect, test } from "vitest";
import { authStrings } from "../strings/firstPage";
import { explain } from "./authErrors";

test("a wrong password and an unknown address read the same", () => {
  expect(explain({ status: 401, code: "INVALID_EMAIL_OR_PASSWORD" })).toBe(authStrings.authErrors.credentials);
});

test("a taken address says so", () => {
  const refusal = { status: 422, code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL" };
  expect(explain(refusal)).toBe(authStrings.authErrors.exists);
});

test("what has no known code is told by its status", () => {
  expect(explain({ status: 429 })).toBe(authStrings.authErrors.tooMany);
  expect(explain({ status: 503 })).toBe(authStrings.authErrors.offline);
  expect(explain({ status: 500 })).toBe(authStrings.authErrors.other);
  expect(explain({ status: 422, code: "FAILED_TO_CREATE_USER" })).toBe(authStrings.authErrors.other);
});
