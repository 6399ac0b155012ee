// What goes by mail, for real: the links are those that the app has sent, out of its outbox.
import { authorization, box, expect, newAccount, newTask, section, signIn, signUp, test } from "./app.js";

test.beforeEach(async ({ request }) => {
  test.skip(!(await request.get("/api/auth/outbox")).ok(), "this app keeps no outbox (`development_mail`)");
});

/** Opens the link of the last mail of this kind to this address, as soon as it is there. */
async function follow(page, type, to) {
  const mails = async () => (await (await page.request.get("/api/auth/outbox")).json()).filter((mail) => mail.type === type && mail.to === to);
  await expect.poll(async () => (await mails()).length).toBeGreaterThan(0);
  await page.goto((await mails()).at(-1).url);
}

test("a forgotten password is replaced on the way to an app, by its link and only once", async ({ page, context, baseURL, member }) => {
  await context.clearCookies();
  await page.goto(await authorization(baseURL));
  const forApp = page.getByText("Sign in to connect Notebook AI");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByRole("link", { name: "Back to signing in" }).click();
  await expect(forApp).toBeVisible();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  await follow(page, "reset-password", member.email);
  await page.getByLabel("New password", { exact: true }).fill("a fine new password");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(forApp).toBeVisible();
  await signIn(page, member);
  await expect(page.locator("form").getByRole("alert")).toContainText("Wrong email or password");
  await signIn(page, { ...member, password: "a fine new password" });
  await expect(page.getByRole("heading", { name: "Connect Notebook AI?" })).toBeVisible();
  await context.clearCookies();
  await follow(page, "reset-password", member.email);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("the button behind a link confirms an address, where nobody is signed in", async ({ page, context, member }) => {
  await page.goto("/settings");
  await section(page, "Email address").getByRole("button", { name: "Send a confirmation link" }).click();
  await expect(page.getByText("A link is on its way.")).toBeVisible();
  const cookies = await context.cookies();
  await context.clearCookies();
  await follow(page, "verify-email", member.email);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page).not.toHaveURL(/api\/auth/);
  await context.addCookies(cookies);
  await page.goto("/settings");
  await expect(section(page, "Email address").getByText("Confirmed", { exact: true })).toBeVisible();
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
  await follow(page, "change-email-verify", email);
  await expect(page.getByText(member.email)).toBeVisible();
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByRole("heading", { name: "Your email address is confirmed" })).toBeVisible();
  await page.goto("/settings");
  await expect(part.getByText(email)).toBeVisible();
  await context.clearCookies();
  await page.goto("/sign-in");
  await signIn(page, { ...member, email });
  await expect(newTask(page)).toBeVisible();
});

/** How people delete their account here, as somebody who tries it is told; asked once. */
let told;
const deletion = (request, baseURL) => (told ??= tryDeletion(request, baseURL));

async function tryDeletion(request, baseURL) {
  const account = newAccount("Ada");
  await signUp(request, baseURL, account);
  const response = await request.post("/api/auth/delete-user", { data: { password: account.password }, headers: { origin: baseURL } });
  return response.ok() ? (await response.json()).message : "not at all";
}

test("an account is deleted with all that is in it", async ({ page, request, baseURL, member }) => {
  test.skip((await deletion(request, baseURL)) !== "User deleted", "not at once here (`delete_user=on`)");
  await member.add("goes too");
  await page.goto("/settings");
  const part = section(page, "Delete account");
  await part.getByRole("button", { name: "Delete my account…" }).click();
  await part.getByLabel("Your password, to be sure", { exact: true }).fill("not this one");
  await page.keyboard.press("Enter");
  await expect(part.getByRole("alert")).toContainText("not right");
  await part.getByLabel("Your password, to be sure", { exact: true }).fill(member.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Your account is deleted." })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await signIn(page, member);
  await expect(page.locator("form").getByRole("alert")).toContainText("Wrong email or password");
  // The address is free again, and whoever takes it starts with nothing.
  const next = await signUp(request, baseURL, { name: "Zoe", email: member.email, password: member.password });
  expect(await (await next.call("GET", "/tasks")).json()).toEqual([]);
});

test("an account is deleted by the link of a mail, and not before", async ({ page, request, baseURL, member }) => {
  test.skip((await deletion(request, baseURL)) !== "Verification email sent", "not by mail here (`delete_user=confirm`)");
  await member.add("goes with the link");
  await page.goto("/settings");
  const part = section(page, "Delete account");
  await part.getByRole("button", { name: "Delete my account…" }).click();
  await part.getByLabel("Your password, to be sure", { exact: true }).fill(member.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("A link is on its way.")).toBeVisible();
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(box(page, "goes with the link")).toBeVisible();
  await follow(page, "delete-account", member.email);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByText("goes with the link")).toHaveCount(0);
  await signIn(page, member);
  await expect(page.locator("form").getByRole("alert")).toContainText("Wrong email or password");
});

test("an account is not deleted without a proof: the password, or a word where there is none", async ({ page, request, baseURL, member }) => {
  test.skip((await deletion(request, baseURL)) !== "User deleted", "not at once here (`delete_user=on`)");
  let asked = 0;
  await page.route("**/api/auth/delete-user", (route) => {
    asked += 1;
    return route.fulfill({ json: { success: true, message: "User deleted" } });
  });
  const part = section(page, "Delete account");
  const open = async () => {
    await page.goto("/settings");
    await part.getByRole("button", { name: "Delete my account…" }).click();
  };
  const sure = part.getByRole("button", { name: "Delete everything for good" });
  await open();
  await sure.click();
  await expect(part.getByText("Enter your password.")).toBeVisible();
  await page.route("**/api/auth/list-accounts", (route) => route.fulfill({ json: [{ id: "a1", providerId: "google", accountId: "g1" }] }));
  await open();
  await expect(part.getByLabel("Type DELETE, to be sure")).toBeFocused();
  await page.keyboard.type("delet");
  await sure.click();
  await expect(part.getByText("Type DELETE in capital letters.")).toBeVisible();
  expect(asked).toBe(0);
  await part.getByLabel("Type DELETE, to be sure").fill("DELETE");
  await sure.click();
  await expect(page.getByRole("status").filter({ hasText: "Your account is deleted." })).toBeVisible();
  expect(asked).toBe(1);
});
