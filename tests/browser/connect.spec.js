// An AI tool connects: it sends its user here, who signs in, sees what it asks for, and can send it away again.
import { authorization, callback, expect, look, newAccount, signUp, test, waiting } from "./app.js";

test("somebody signs in for a tool, lets it in, and sends it away", async ({ page, playwright, baseURL, extraHTTPHeaders }, info) => {
  const elsewhere = await playwright.request.newContext({ baseURL, extraHTTPHeaders });
  const account = newAccount("Mia");
  await signUp(elsewhere, baseURL, account);
  await waiting(page);
  await page.goto(await authorization(baseURL));
  await expect(page.getByText("Sign in to connect Notebook AI to your tasks.")).toBeVisible();
  await look(page, info, "sign in for a tool");
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connect Notebook AI?" })).toBeVisible();
  await expect(page.getByText("Add, change and delete your tasks")).toBeVisible();
  await expect(page.getByText("127.0.0.1:8912")).toBeVisible();
  await expect(page).toHaveTitle("Connect Notebook AI? · Todo");
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${callback}*`);
  const response = new URL(page.url()).searchParams;
  expect(response.get("code")).toBeTruthy();
  expect(response.get("state")).toBe("st1");

  await page.goto("/settings");
  const apps = page.getByRole("region", { name: "Connected apps" });
  await apps.getByRole("button", { name: "Disconnect Notebook AI" }).click();
  await expect(apps.getByText("Notebook AI can no longer see or change your tasks")).toBeVisible();
  await apps.getByRole("button", { name: "Disconnect it" }).click();
  await expect(apps.getByText("No app is connected.")).toBeVisible();
  await elsewhere.dispose();
});

test("a tool that was connected in another tab is listed when its user comes back", async ({ page, context, baseURL, member }) => {
  await page.goto("/settings");
  await expect(page.getByText("No app is connected.")).toBeVisible();
  const other = await context.newPage();
  await waiting(other);
  await other.goto(await authorization(baseURL));
  await other.getByRole("button", { name: "Allow" }).click();
  await other.waitForURL(`${callback}*`);
  await other.close();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(page.getByRole("button", { name: "Disconnect Notebook AI" })).toBeVisible();
});

test("a tool that is refused is told so, whatever it is called", async ({ page, baseURL, member }) => {
  const name = "Notebook".repeat(12);
  await waiting(page);
  await page.goto(await authorization(baseURL, name));
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Refuse" }).click();
  await page.waitForURL(`${callback}*`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
});

test("the name of a tool is shown as text, in part where it is long", async ({ page, baseURL }) => {
  await page.goto(await authorization(baseURL, `<b>Note</b> ${"book".repeat(30)}`));
  await expect(page.getByText(/^Sign in to connect <b>Note<\/b> [book]+… to your tasks\.$/)).toBeVisible();
  expect((await page.getByText("Sign in to connect").innerText()).length).toBeLessThan(110);
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByText("connect <b>Note</b> book")).toBeVisible();
});

test("a tool whose name cannot be read is called an app", async ({ page, baseURL }) => {
  await page.route("**/public-client-prelogin", (route) => route.abort("connectionrefused"));
  await page.goto(await authorization(baseURL));
  await expect(page.getByText("Sign in to connect an app to your tasks.")).toBeVisible();
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the sign-in page names the tool", async ({ page, baseURL }) => {
    await page.goto(await authorization(baseURL));
    await expect(page.getByText(/Notebook AI/)).toBeVisible();
  });
});

test("a new account is made for a tool on the way", async ({ page, baseURL }) => {
  await waiting(page);
  await page.goto(await authorization(baseURL));
  await page.getByRole("link", { name: "Create an account" }).click();
  const account = newAccount("Lea");
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("Email", { exact: true }).fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connect Notebook AI?" })).toBeVisible();
});

test("a tool whose registration is gone is told what to do, whoever is signed in", async ({ page, baseURL, member }) => {
  await waiting(page);
  const request = new URLSearchParams({ response_type: "code", client_id: "gone", redirect_uri: callback, state: "s" });
  await page.goto(`${baseURL}/api/auth/oauth2/authorize?${request}`);
  await expect(page.getByRole("heading", { name: "The app could not be connected" })).toBeVisible();
  await expect(page.getByText("Remove the server in the app and add it again.")).toBeVisible();
  await expect(page.getByText(`${baseURL}/mcp`)).toBeVisible();
});
