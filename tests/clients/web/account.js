// A new user for each test: suites may run against an app that others use too.
import { randomBytes } from "node:crypto";

export const password = "correct horse battery";

export function newAccount(name) {
  return { name, email: `${name.toLowerCase()}-${randomBytes(6).toString("hex")}@example.com`, password };
}
