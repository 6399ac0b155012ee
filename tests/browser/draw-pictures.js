// Draws the pictures of README.md and the one that is shown with a link to the app, from an app at BASE_URL:
// `make screenshots`, after the page changed.
import { fileURLToPath } from "node:url";
import { chromium, devices } from "@playwright/test";
import { newAccount } from "../clients/web/account.js";

const base = process.env.BASE_URL;
if (!base) throw new Error("BASE_URL is not set: name a running app by it.");
const pictures = new URL("../../docs/pictures/", import.meta.url);
const social = new URL("../../ui/public/social.png", import.meta.url);
const tasks = [
  { title: "Renew the passport", description: "It takes six weeks. Take a photograph." },
  { title: "Call mum about the weekend" },
  { title: "Book a table at https://example.com/tables", priority: "medium" },
  { title: "Pay the rent", priority: "high" },
  { title: "Water the plants" },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ["--no-sandbox", "--disable-gpu"] });
const account = { ...newAccount("Zoe"), name: "Zoe Zimmer" };

/** A page of the app, as somebody sees it who is signed in or not. */
async function open(options, signedIn) {
  const context = await browser.newContext({ baseURL: base, locale: "en-US", reducedMotion: "reduce", bypassCSP: true, ...options });
  if (signedIn) await context.request.post("/api/auth/sign-in/email", { data: account, headers: { origin: base } });
  return context.newPage();
}

/** Signs up and fills the list. */
async function prepare() {
  const context = await browser.newContext({ baseURL: base });
  const signedUp = await context.request.post("/api/auth/sign-up/email", { data: account, headers: { origin: base } });
  const { user } = await signedUp.json();
  const { token } = await (await context.request.get("/api/auth/token")).json();
  const headers = { authorization: `Bearer ${token}` };
  for (const data of tasks) await context.request.post(`/api/${user.id}/tasks`, { data, headers });
  await context.request.patch(`/api/${user.id}/tasks/${tasks.length}/complete`, { headers });
  await context.close();
}

async function draw(page, name) {
  await page.screenshot({ path: fileURLToPath(new URL(name, pictures)), animations: "disabled" });
}

await prepare();
const desktop = { viewport: { width: 1280, height: 720 } };
for (const colorScheme of ["light", "dark"]) {
  const page = await open({ ...desktop, colorScheme }, true);
  await page.goto("/");
  await page.getByText("Pay the rent").waitFor();
  await page.getByRole("button", { name: "Open assistant" }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  if (colorScheme === "light") {
    await message.fill("add milk, eggs and bread");
    await message.press("Enter");
    await page.getByText("Added 3 tasks").first().waitFor();
  } else {
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("button", { name: /^add milk/ }).click();
    await page.getByText("Added 3 tasks").first().waitFor();
  }
  await page.locator(".working").waitFor({ state: "detached" });
  await draw(page, `tasks-${colorScheme}.png`);
  await page.context().close();
}

const phone = await open({ ...devices["Pixel 7"], viewport: { width: 360, height: 720 }, colorScheme: "light" }, true);
await phone.goto("/");
await phone.getByText("Pay the rent").waitFor();
await draw(phone, "phone.png");

const guest = await open({ viewport: { width: 1200, height: 630 } }, false);
await guest.goto("/sign-in");
await guest.getByRole("button", { name: "Sign in" }).waitFor();
// The picture and its sentence alone, over the whole page.
await guest.addStyleTag({
  content: ".wide-entry { grid-template-columns: minmax(0, 1fr) !important; padding: 40px 80px !important; min-height: 630px !important } .wide-entry > .sheet, .pitch .facts { display: none !important } .pitch { display: grid; grid-template-columns: 1fr 1.1fr; column-gap: 48px; align-items: center } .pitch .promise { font-size: 56px !important; align-self: end } .pitch .lead { align-self: start } .pitch .picture { grid-column: 2; grid-row: 1 / 3; margin-right: 24px }",
});
await guest.screenshot({ path: fileURLToPath(social), animations: "disabled" });
await browser.close();
