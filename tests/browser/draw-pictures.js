// Draws the pictures of README.md and the one that is shown with a link to the app, from an app at BASE_URL:
// `make screenshots`, after the page changed.
import { fileURLToPath } from "node:url";
import { chromium, devices } from "@playwright/test";
import { newAccount } from "../clients/web/account.js";
import { authorization } from "./app.js";
import { film } from "./draw-film.js";
import { keepAge, pictures } from "./picture-age.js";

const base = process.env.BASE_URL;
if (!base) throw new Error("BASE_URL is not set: name a running app by it.");
const social = new URL("../../ui/public/social.png", import.meta.url);
/** A day from today on, as the API writes it. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const tasks = [
  { title: "Renew the passport", description: "It takes six weeks. Take a photograph.", due: day(12), list: "Home" },
  { title: "Call mum about the weekend", due: day(1), tags: ["family"] },
  { title: "Book a table at https://example.com/tables", priority: "medium", due: `${day(2)}T19:00`, tags: ["family"] },
  { title: "Pay the rent", priority: "high", due: day(0), list: "Home" },
  { title: "Water the plants", list: "Home" },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ["--no-sandbox", "--disable-gpu"] });

/** A page of the app, as this user sees it, or somebody who is not signed in. */
async function open(options, account) {
  const context = await browser.newContext({ baseURL: base, locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce", bypassCSP: true, ...options });
  if (account) await context.request.post("/api/auth/sign-in/email", { data: account, headers: { origin: base } });
  return context.newPage();
}

/** Signs somebody up and fills the list. */
async function prepare() {
  const account = { ...newAccount("Zoe"), name: "Zoe Zimmer" };
  const context = await browser.newContext({ baseURL: base });
  const signedUp = await context.request.post("/api/auth/sign-up/email", { data: account, headers: { origin: base } });
  const { user } = await signedUp.json();
  const { token } = await (await context.request.get("/api/auth/token")).json();
  const headers = { authorization: `Bearer ${token}` };
  await context.request.post(`/api/${user.id}/lists`, { data: { name: "Home", color: "teal" }, headers });
  for (const data of tasks) await context.request.post(`/api/${user.id}/tasks`, { data, headers });
  await context.request.patch(`/api/${user.id}/tasks/${tasks.length}/complete`, { headers });
  await context.close();
  return account;
}

async function draw(page, name) {
  await page.screenshot({ path: pictures + name, animations: "disabled" });
}

const account = await prepare();
const desktop = { viewport: { width: 1280, height: 720 } };
for (const colorScheme of ["light", "dark"]) {
  const page = await open({ ...desktop, colorScheme }, account);
  await page.goto("/");
  await page.getByText("Pay the rent").waitFor();
  await page.getByRole("button", { name: "Open assistant" }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  if (colorScheme === "light") {
    await message.fill("add milk, eggs and bread");
    await message.press("Enter");
    await page.getByText("Added 3 tasks").first().waitFor();
    await page.getByRole("checkbox", { name: "bread" }).waitFor();
  } else {
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("button", { name: /^add milk/ }).click();
    await page.getByText("Added 3 tasks").first().waitFor();
  }
  await page.locator(".working").waitFor({ state: "detached" });
  await draw(page, `tasks-${colorScheme}.png`);
  await page.context().close();
}

for (const colorScheme of ["light", "dark"]) {
  const phone = await open({ ...devices["Pixel 7"], viewport: { width: 360, height: 720 }, deviceScaleFactor: 2, colorScheme }, account);
  await phone.goto("/");
  await phone.getByText("Pay the rent").waitFor();
  await draw(phone, `phone-${colorScheme}.png`);
  await phone.context().close();

  const consent = await open({ viewport: { width: 800, height: 760 }, colorScheme }, account);
  await consent.goto(await authorization(base, "Claude"));
  await consent.getByRole("button", { name: "Allow" }).waitFor();
  await draw(consent, `consent-${colorScheme}.png`);
  await consent.context().close();
}

const guest = await open({ viewport: { width: 1200, height: 630 } }, null);
await guest.goto("/sign-in");
await guest.getByRole("button", { name: "Sign in" }).waitFor();
// The picture and its sentence alone, over the whole page.
await guest.addStyleTag({
  content: ".wide-entry { grid-template-columns: minmax(0, 1fr) !important; padding: 40px 80px !important; min-height: 630px !important } .wide-entry > .sheet, .pitch .facts { display: none !important } .pitch { display: grid; grid-template-columns: 1fr 1.1fr; column-gap: 48px; align-items: center } .pitch .promise { font-size: 56px !important; align-self: end } .pitch .lead { align-self: start } .pitch .picture { grid-column: 2; grid-row: 1 / 3; margin-right: 24px }",
});
await guest.screenshot({ path: fileURLToPath(social), animations: "disabled" });

const actor = await open({ viewport: { width: 1000, height: 680 }, colorScheme: "light" }, await prepare());
await actor.goto("/");
await actor.getByText("Pay the rent").waitFor();
await film(actor, `${pictures}film.png`);
await browser.close();
keepAge();
