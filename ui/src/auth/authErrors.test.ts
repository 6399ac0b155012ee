import { expect, test } from "vitest";
import { authStrings } from "../strings/firstPage";
import { describeAuthError } from "./authErrors";

test("a wrong password and an unknown address have the same message", () => {
  expect(describeAuthError({ status: 401, code: "INVALID_EMAIL_OR_PASSWORD" })).toBe(
    authStrings.authErrors.credentials,
  );
});

test("an address that is taken has its own message", () => {
  const error = { status: 422, code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL" };
  expect(describeAuthError(error)).toBe(authStrings.authErrors.exists);
});

test("an unknown code is described by its status", () => {
  expect(describeAuthError({ status: 429 })).toBe(authStrings.authErrors.tooMany);
  expect(describeAuthError({ status: 503 })).toBe(authStrings.authErrors.offline);
  expect(describeAuthError({ status: 500 })).toBe(authStrings.authErrors.other);
  expect(describeAuthError({ status: 422, code: "FAILED_TO_CREATE_USER" })).toBe(authStrings.authErrors.other);
});
