// Who is there: nobody sees the wrong page, nobody loses what was typed, and everybody gets where they were going.
import { box, expect, newTask, openAssistant, signIn, signOut, test } from "./app.js";

test("after signing in somebody is where they were going", async ({ page, context, member }) => {
  await member.add("pending one");
  await context.clearCookies();
  await page.goto("/?status=pending");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, member);
  await expect(box(page, "pending one")).toBeVisible();
  expect(new URL(page.url()).search).toBe("?status=pending");
});

test("a guest sees no list, a member no form, not even for a moment", async ({ page, context, member }) => {
  const seen = [];
  await page.exposeFunction("seen", (text) => seen.push(text));
  await page.addInitScript(() => {
    new MutationObserver(() => window.seen(document.querySelector("h1")?.textContent ?? "")).observe(document, { subtree: true, childList: true });
  });
  await page.goto("/sign-in");
  await expect(newTask(page)).toBeVisible();
  expect(seen).not.toContain("Sign in");
  await context.clearCookies();
  seen.length = 0;
  await page.goto("/settings");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(seen).not.toContain("Settings");
});

test("a session that ends takes nothing along that was typed", async ({ page, context, member }) => {
  await member.add("first");
  await page.goto("/");
  await expect(box(page, "first")).toBeVisible();
  const panel = await openAssistant(page);
  await panel.getByRole("textbox", { name: "Message" }).fill("half a message");
  await panel.getByRole("button", { name: "Close assistant" }).click();
  await context.clearCookies();
  await page.route("**/api/*/tasks", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", body: "{}" }));
  await newTask(page).fill("typed before the end");
  await page.keyboard.press("Enter");
  await expect(page.getByText("what you typed is kept")).toBeVisible();
  await page.unroute("**/api/*/tasks");
  await signIn(page, member);
  await expect(box(page, "typed before the end")).toBeEnabled();
  await openAssistant(page);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("half a message");
});

test("signing out in one tab signs out the other", async ({ page, context, member }) => {
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto("/");
  await signOut(other);
  await expect(other.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a form says what is wrong with it, at the field that is wrong", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription("Enter your name.");
  await page.getByLabel("Name", { exact: true }).fill("Zoe");
  await page.getByLabel("Email", { exact: true }).fill("zoe");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Email", { exact: true })).toHaveAccessibleDescription(/name@example.com/);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("type", "text");
});

test("an address that was typed is not asked for again on the next form", async ({ page }) => {
  await page.goto("/sign-in");
  const email = page.getByLabel("Email", { exact: true });
  await email.fill("zoe@example.com");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
  await expect(email).toHaveValue("zoe@example.com");
  await email.fill("mia@example.com");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("button", { name: "Send the link" })).toBeVisible();
  await expect(email).toHaveValue("mia@example.com");
});

test("Google is offered only where the server has it", async ({ page }) => {
  const features = (google) => (route) => route.fulfill({ json: { google, password_reset: false, email_verification: false, delete_user: false } });
  await page.route("**/api/auth/features", features(false));
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Google/ })).toHaveCount(0);
  await page.unroute("**/api/auth/features");
  await page.route("**/api/auth/features", features(true));
  await page.reload();
  await expect(page.getByRole("button", { name: "Continue with Google" })).toBeVisible();
});

test("who has an account already is led from the form for a new one to the other, with what was typed", async ({ page, member, context }) => {
  await context.clearCookies();
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill("Zoe");
  await page.getByLabel("Email", { exact: true }).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Sign in instead" }).click();
  await expect(page.getByLabel("Email", { exact: true })).toHaveValue(member.email);
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Zoe");
});
