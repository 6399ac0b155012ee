import { expect, test } from "vitest";
import { authStrings } from "../strings/firstPage";
import { signInFaults, signUpFaults } from "./credentials";

const good = { name: "Ada", email: "ada@example.com", password: "correct horse" };

test("valid entries have no fault", () => {
  expect(signUpFaults(good)).toEqual({});
  expect(signInFaults({ ...good, name: "", password: "x" })).toEqual({});
});

test("missing fields are reported in the order of the form", () => {
  expect(Object.keys(signUpFaults({ name: " ", email: "", password: "" }))).toEqual(["name", "email", "password"]);
});

test("a password has 8 to 128 UTF-16 code units", () => {
  const { passwordShort, passwordLong } = authStrings.fields;
  expect(signUpFaults({ ...good, password: "1234567" }).password).toBe(passwordShort);
  expect(signUpFaults({ ...good, password: "🌱🌱🌱🌱" }).password).toBeUndefined();
  expect(signUpFaults({ ...good, password: "x".repeat(129) }).password).toBe(passwordLong);
});

test("a text that cannot be an email address is rejected", () => {
  for (const email of ["ada", "ada@", "@example.com", "a b@example.com", "ada@example", "ada@.com"]) {
    expect(signInFaults({ ...good, email }).email, email).toBe(authStrings.fields.emailWrong);
  }
});
