// Every page of somebody who is not signed in, looked at like those in pages.spec.js.
import { expect, look, test } from "./app.js";

const everything = { google: true, password_reset: true, email_verification: true, delete_user: true };
const features = (page) => page.route("**/api/auth/features", (route) => route.fulfill({ json: everything }));
const signed = "client_id=abc&scope=openid+tasks%3Aread+tasks%3Awrite+offline_access&redirect_uri=http%3A%2F%2F127.0.0.1%3A8912%2Fcb&sig=x";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => expect(page.getByRole("heading", { name })).toBeVisible();

const guests = {
  "sign-in": async (page) => {
    await page.goto("/sign-in");
    await expect(button(page, "Sign in")).toBeVisible();
  },
  "sign-in with Google, refused": async (page) => {
    await features(page);
    await page.goto("/sign-in?error=access_denied");
    await expect(button(page, "Continue with Google")).toBeVisible();
  },
  "sign-in faults": async (page) => {
    await page.goto("/sign-in");
    await button(page, "Sign in").click();
    await expect(page.getByText("Enter your password.")).toBeVisible();
  },
  "sign-in failed": async (page) => {
    await page.goto("/sign-in");
    await page.getByLabel("Email", { exact: true }).fill("nobody@example.com");
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.keyboard.press("Enter");
    await expect(page.locator("form").getByRole("alert")).toContainText("Wrong email or password");
  },
  "sign-up": async (page) => {
    await page.goto("/sign-up");
    await expect(button(page, "Create account")).toBeVisible();
  },
  "sign-in for an app": async (page) => {
    await page.goto(`/sign-in?${signed}`);
    await expect(page.getByText("Sign in to connect an app")).toBeVisible();
  },
  forgot: async (page) => {
    await page.goto("/forgot-password");
    await expect(button(page, "Send the link")).toBeVisible();
  },
  "forgot sent": async (page) => {
    await page.route("**/request-password-reset", (route) => route.fulfill({ json: { status: true } }));
    await page.goto("/forgot-password");
    await page.getByLabel("Email", { exact: true }).fill("zoe@example.com");
    await page.keyboard.press("Enter");
    await expect(page.getByText("a link is on its way")).toBeVisible();
  },
  reset: async (page) => {
    await page.goto("/reset-password?token=abc");
    await expect(button(page, "Set password")).toBeVisible();
  },
  "reset done": async (page) => {
    await page.route("**/reset-password", (route) => (route.request().method() === "POST" ? route.fulfill({ json: { status: true } }) : route.fallback()));
    await page.goto("/reset-password?token=abc");
    await page.getByLabel("New password", { exact: true }).fill("a fine new password");
    await page.keyboard.press("Enter");
    await heading(page, "Your password is changed");
    expect(page.url()).not.toContain("token");
  },
  "reset used up": async (page) => {
    await page.goto("/reset-password?error=INVALID_TOKEN");
    await heading(page, "This link does not work any more");
  },
  verified: async (page) => {
    await page.goto("/verified");
    await heading(page, "Your email address is confirmed");
  },
  "verified too late": async (page) => {
    await page.goto("/verified?error=TOKEN_EXPIRED");
    await heading(page, "This link does not work any more");
  },
  "not found": async (page) => {
    await page.goto("/nowhere");
    await heading(page, "There is nothing here");
  },
  unreachable: async (page) => {
    await page.route("**/get-session", (route) => route.abort());
    await page.goto("/");
    await heading(page, "The server cannot be reached");
  },
};

for (const [name, show] of Object.entries(guests)) {
  test(`${name}`, async ({ page }, info) => {
    await show(page);
    await look(page, info, name);
  });
}
