// What goes by mail, for real: the links are those that the app has sent, out of its outbox.
import { expect, newAccount, newTask, section, signIn, signUp, test } from "./app.js";

test.beforeEach(async ({ request }) => {
  test.skip(!(await request.get("/api/auth/outbox")).ok(), "this app keeps no outbox (`development_mail`)");
});

/** Opens the link of the last mail of this kind to this address, as soon as it is there. */
async function follow(page, type, to) {
  const mails = async () => (await (await page.request.get("/api/auth/outbox")).json()).filter((mail) => mail.type === type && mail.to === to);
  await expect.poll(async () => (await mails()).length).toBeGreaterThan(0);
  await page.goto((await mails()).at(-1).url);
}

test("a forgotten password is replaced, by its link and only once", async ({ page, context, member }) => {
  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  await follow(page, "reset-password", member.email);
  await page.getByLabel("New password", { exact: true }).fill("a fine new password");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, member);
  await expect(page.locator("form").getByRole("alert")).toContainText("not right");
  await signIn(page, { ...member, password: "a fine new password" });
  await expect(newTask(page)).toBeVisible();
  await context.clearCookies();
  await follow(page, "reset-password", member.email);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("an address is confirmed, and the settings say so", async ({ page, member }) => {
  await page.goto("/settings");
  const part = section(page, "Email address");
  await part.getByRole("button", { name: "Send a confirmation link" }).click();
  await expect(page.getByText("A link is on its way.")).toBeVisible();
  await follow(page, "verify-email", member.email);
  await expect(page.getByRole("heading", { name: "Your email address is confirmed" })).toBeVisible();
  await page.goto("/settings");
  await expect(part.getByText("Confirmed", { exact: true })).toBeVisible();
});

test("an address is changed when its new owner has followed the link", async ({ page, context, member }) => {
  const { email } = newAccount("Zora");
  await page.goto("/settings");
  const part = section(page, "Email address");
  await part.getByLabel("New email address", { exact: true }).fill(email);
  await part.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  await expect(part.getByText(member.email)).toBeVisible();
  await follow(page, "verify-email", email);
  await expect(page.getByRole("heading", { name: "Your email address is confirmed" })).toBeVisible();
  await page.goto("/settings");
  await expect(part.getByText(email)).toBeVisible();
  await context.clearCookies();
  await page.goto("/sign-in");
  await signIn(page, { ...member, email });
  await expect(newTask(page)).toBeVisible();
});

test("an account is deleted with all that is in it", async ({ page, request, baseURL, member }) => {
  const { delete_user: able } = await (await request.get("/api/auth/features")).json();
  test.skip(!able, "nobody may delete their account here (`delete_user`)");
  await member.add("goes too");
  await page.goto("/settings");
  const part = section(page, "Delete account");
  await part.getByRole("button", { name: "Delete my account…" }).click();
  await part.getByLabel("Your password, to be sure", { exact: true }).fill("not this one");
  await page.keyboard.press("Enter");
  await expect(part.getByRole("alert")).toContainText("not right");
  await part.getByLabel("Your password, to be sure", { exact: true }).fill(member.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await signIn(page, member);
  await expect(page.locator("form").getByRole("alert")).toContainText("not right");
  // The address is free again, and whoever takes it starts with nothing.
  const next = await signUp(request, baseURL, { name: "Zoe", email: member.email, password: member.password });
  expect(await (await next.call("GET", "/tasks")).json()).toEqual([]);
});
