// Signing in to an account that asks for a code after the password.
import { code as appCode } from "../stand-ins/authenticator.mjs";
import { expect, look, newTask, section, signIn, signUp, test, newAccount } from "./app.js";

const account = { email: "zoe@example.com", password: "correct horse battery" };
const half = { json: { twoFactorRedirect: true, twoFactorMethods: ["totp"] } };
const refused = (status, code) => ({ status, json: { code, message: code } });

/** The account asks for a code, and takes 123456 or the backup code abcde-fghij. */
async function server(page, begin = async () => {}) {
  const tries = [];
  await page.route("**/api/auth/sign-in/email", (route) => route.fulfill(half));
  await page.route("**/api/auth/two-factor/verify-*", async (route) => {
    const kind = route.request().url().split("verify-")[1];
    const body = route.request().postDataJSON();
    tries.push({ kind, ...body });
    if (body.code === "999999") return route.fulfill(refused(401, "INVALID_TWO_FACTOR_COOKIE"));
    const isBackup = kind === "backup-code";
    if (body.code !== (isBackup ? "abcde-fghij" : "123456")) return route.fulfill(refused(401, isBackup ? "INVALID_BACKUP_CODE" : "INVALID_CODE"));
    await begin();
    return route.fulfill({ json: { token: "x", user: {} } });
  });
  return tries;
}

test("a code of the app follows the password", async ({ page, baseURL }, info) => {
  const tries = await server(page, () => signUp(page.request, baseURL, newAccount("Zoe")));
  await page.goto("/sign-in");
  await signIn(page, account);
  await expect(page.getByRole("heading", { name: "Confirm it is you" })).toBeVisible();
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await expect(code).toHaveAttribute("inputmode", "numeric");
  await look(page, info, "second factor");
  await code.fill("12");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Enter all six digits.")).toBeVisible();
  expect(tries).toEqual([]);
  await code.fill("111 111");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This code is not right.");
  await look(page, info, "second factor wrong");
  await page.getByLabel("Trust this device for 30 days").check();
  await code.fill("123 456");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeVisible();
  expect(tries).toEqual([{ kind: "totp", code: "111111", trustDevice: false }, { kind: "totp", code: "123456", trustDevice: true }]);
});

test("a backup code stands in for the app, and what took too long begins again", async ({ page, baseURL }, info) => {
  await server(page, () => signUp(page.request, baseURL, newAccount("Zoe")));
  await page.goto("/sign-in");
  await signIn(page, account);
  await page.getByLabel("Code", { exact: true }).fill("999999");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This took too long.");
  await page.getByRole("button", { name: "Back to signing in" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await signIn(page, account);
  await page.getByRole("button", { name: "Use a backup code" }).click();
  const code = page.getByLabel("Backup code", { exact: true });
  await code.fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This backup code is not right");
  await look(page, info, "second factor backup");
  await code.fill("abcde-fghij");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeVisible();
});

test("it is set up in the settings, asked for, and switched off", async ({ page, context, member }, info) => {
  await page.goto("/settings");
  const part = section(page, "Second step");
  const password = part.getByLabel("Your password", { exact: true });
  await password.fill("not this one");
  await part.getByRole("button", { name: "Set up" }).click();
  await expect(part.getByRole("alert")).toContainText("not right");
  await password.fill(member.password);
  const asked = page.waitForResponse("**/two-factor/enable");
  await part.getByRole("button", { name: "Set up" }).click();
  const { totpURI } = await (await asked).json();
  await expect(part.getByRole("img", { name: "QR code for an authenticator app" })).toBeVisible();
  await expect(part.getByText(new URL(totpURI).searchParams.get("secret").match(/.{1,4}/g).join(" "))).toBeVisible();
  await look(page, info, "settings second step");
  const code = part.getByLabel("The six digits");
  await code.fill("12");
  await page.keyboard.press("Enter");
  await expect(part.getByText("Enter all six digits.")).toBeVisible();
  await expect(code).toBeFocused();
  await code.fill("000000");
  await page.keyboard.press("Enter");
  await expect(part.getByRole("alert")).toContainText("This code is not right.");
  await code.fill(appCode(totpURI).replace(/^.../, "$& "));
  await page.keyboard.press("Enter");
  const codes = part.getByRole("region", { name: "Backup codes" });
  await expect(codes).toBeVisible();
  const first = (await codes.innerText()).trim().split("\n");
  expect(first).toHaveLength(10);
  await look(page, info, "settings backup codes");

  await part.getByRole("button", { name: "New backup codes" }).click();
  await password.fill(member.password);
  await page.keyboard.press("Enter");
  await expect(codes).not.toContainText(first[0]);
  const [backup] = (await codes.innerText()).trim().split("\n");

  await context.clearCookies();
  await page.goto("/sign-in");
  await signIn(page, member);
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await page.getByLabel("Backup code", { exact: true }).fill(backup);
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeVisible();

  await page.goto("/settings");
  await expect(part.getByText("On", { exact: true })).toBeVisible();
  await expect(codes).toHaveCount(0);
  await part.getByRole("button", { name: "Switch off" }).click();
  await password.fill(member.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The second step is off")).toBeVisible();
  await context.clearCookies();
  await page.goto("/sign-in");
  await signIn(page, member);
  await expect(newTask(page)).toBeVisible();
});

test("a code by mail follows the password where there is no app, and another one can be sent", async ({ page, baseURL }, info) => {
  const tries = await server(page, () => signUp(page.request, baseURL, newAccount("Zoe")));
  let sent = 0;
  let isOver = false;
  await page.route("**/api/auth/sign-in/email", (route) => route.fulfill({ json: { twoFactorRedirect: true, twoFactorMethods: ["otp"] } }));
  await page.route("**/api/auth/two-factor/send-otp", (route) => {
    sent += 1;
    return route.fulfill(isOver ? refused(401, "INVALID_TWO_FACTOR_COOKIE") : { json: { status: true } });
  });
  await page.goto("/sign-in");
  await signIn(page, account);
  await expect(page.getByText("We have sent six digits")).toBeVisible();
  await expect.poll(() => sent).toBe(1);
  await look(page, info, "second factor mail");
  await page.getByRole("button", { name: "Send another code" }).click();
  await expect(page.getByText("A code is on its way")).toBeVisible();
  expect(sent).toBe(2);
  isOver = true;
  await page.getByRole("button", { name: "Send another code" }).click();
  await expect(page.getByText("This took too long. Go back and sign in again.")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill("111111");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("This code is not right.");
  await page.getByLabel("Code", { exact: true }).fill("123456");
  await page.keyboard.press("Enter");
  await expect(newTask(page)).toBeVisible();
  expect(tries.map(({ kind }) => kind)).toEqual(["otp", "otp"]);
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the code and its errors are in the page's language", async ({ page }) => {
    await server(page);
    await page.goto("/sign-in");
    await page.getByLabel("E-Mail", { exact: true }).fill(account.email);
    await page.getByLabel("Passwort", { exact: true }).fill(account.password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Bestätige, dass du es bist" })).toBeVisible();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toContainText("Dieser Code stimmt nicht.");
    await page.getByLabel("Code", { exact: true }).fill("12");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Gib alle sechs Ziffern ein.")).toBeVisible();
  });
});
