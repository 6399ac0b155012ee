// Better Auth's official client, as a front-end on another stack would use it (a cookie jar stands in for the browser's).
import { expect, test } from "@playwright/test";
import { newAccount } from "./account.js";
import { clientWithCookies } from "./client.js";

test("the official client signs up, in and out and gets a token", async ({ baseURL }) => {
  const { client } = clientWithCookies(baseURL);
  const account = newAccount("Lea");
  const signedUp = await client.signUp.email(account);
  expect(signedUp.error).toBeNull();
  expect(signedUp.data.user).toMatchObject({ name: "Lea", email: account.email, emailVerified: false });
  expect(signedUp.data.user.createdAt).toBeInstanceOf(Date);

  let jwt;
  const session = await client.getSession({ fetchOptions: { onSuccess: ({ response }) => { jwt = response.headers.get("set-auth-jwt"); } } });
  expect(session.data.user.id).toBe(signedUp.data.user.id);
  expect(jwt.split(".")).toHaveLength(3);
  const { data: { token } } = await client.token();
  const tasks = await fetch(`${baseURL}/api/${session.data.user.id}/tasks`, { headers: { authorization: `Bearer ${token}` } });
  expect(tasks.status).toBe(200);

  expect((await client.signOut()).data).toEqual({ success: true });
  expect((await client.getSession()).data).toBeNull();
  const wrong = await client.signIn.email({ email: account.email, password: "not this one" });
  expect(wrong.error).toMatchObject({ status: 401, code: "INVALID_EMAIL_OR_PASSWORD" });
  expect((await client.signIn.email(account)).data.user.id).toBe(session.data.user.id);
});
