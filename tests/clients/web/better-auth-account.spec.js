// An account's whole life through Better Auth's official client: profile, sessions, password.
import { expect, test } from "@playwright/test";
import { newAccount } from "./account.js";
import { clientWithCookies } from "./client.js";

const changed = "another good password";

test("the official client changes name and password and ends sessions", async ({ baseURL }) => {
  const [{ client }, { client: phone }] = [clientWithCookies(baseURL), clientWithCookies(baseURL)];
  const account = newAccount("Lea");
  await client.signUp.email(account);
  expect((await phone.signIn.email(account)).error).toBeNull();

  expect((await client.updateUser({ name: "Lea II", image: "https://img.example/lea.png" })).data).toEqual({ status: true });
  const { data: { user, session } } = await client.getSession();
  expect(user).toMatchObject({ name: "Lea II", image: "https://img.example/lea.png", emailVerified: false });
  expect((await client.updateUser({ email: "other@example.com" })).error.code).toBe("EMAIL_CAN_NOT_BE_UPDATED");

  const sessions = (await client.listSessions()).data;
  expect(sessions).toHaveLength(2);
  expect(sessions.map((each) => each.token)).toContain(session.token);
  const other = sessions.find((each) => each.token !== session.token);
  expect((await client.revokeSession({ token: other.token })).data).toEqual({ status: true });
  expect((await phone.getSession()).data).toBeNull();

  expect((await phone.signIn.email(account)).error).toBeNull();
  const wrong = await client.changePassword({ currentPassword: "not this one", newPassword: changed });
  expect(wrong.error).toMatchObject({ status: 400, code: "INVALID_PASSWORD" });
  const change = { currentPassword: account.password, newPassword: changed, revokeOtherSessions: true };
  const { data: after } = await client.changePassword(change);
  expect(after.token).not.toBe(session.token);
  expect((await client.getSession()).data.session.token).toBe(after.token);
  expect((await phone.getSession()).data).toBeNull();
  expect((await phone.signIn.email(account)).error.code).toBe("INVALID_EMAIL_OR_PASSWORD");
  expect((await phone.signIn.email({ ...account, password: changed })).error).toBeNull();

  expect((await client.revokeOtherSessions()).data).toEqual({ status: true });
  expect((await phone.getSession()).data).toBeNull();
  expect((await client.revokeSessions()).data).toEqual({ status: true });
  expect((await client.getSession()).data).toBeNull();
});

test("without mails the official client is told so", async ({ baseURL }) => {
  test.skip((await fetch(`${baseURL}/api/auth/outbox`)).ok, "this app has mails");
  const { client } = clientWithCookies(baseURL);
  const account = newAccount("Lea");
  await client.signUp.email(account);
  expect((await client.requestPasswordReset({ email: account.email, redirectTo: "/reset" })).error.code).toBe("RESET_PASSWORD_DISABLED");
  expect((await client.sendVerificationEmail({ email: account.email })).error.code).toBe("VERIFICATION_EMAIL_NOT_ENABLED");
  expect((await client.changeEmail({ newEmail: "new@example.com" })).error.code).toBe("CHANGE_EMAIL_DISABLED");
  expect((await client.deleteUser()).error.status).toBe(404);
});
