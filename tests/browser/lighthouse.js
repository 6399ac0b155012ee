// Measures the served pages with Lighthouse: `node lighthouse.js` with BASE_URL (and CHROMIUM). Prints one line for
// each page; fails when a category is below 98. Not one of the tests: its times depend on the machine.
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { newAccount } from "../clients/web/account.js";

const base = process.env.BASE_URL;
if (!base) throw new Error("BASE_URL is not set: name a running app by it.");
const LEAST = 98;
const categories = ["performance", "accessibility", "best-practices", "seo"];
const port = 9377;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`],
});

/** Somebody with a few tasks; the cookie that says so. */
async function member() {
  const context = await browser.newContext({ baseURL: base });
  const headers = { origin: base };
  const signedUp = await context.request.post("/api/auth/sign-up/email", { data: newAccount("Zoe"), headers });
  const { user } = await signedUp.json();
  const { token } = await (await context.request.get("/api/auth/token")).json();
  for (const title of ["buy milk", "water plants", "call mum"]) {
    await context.request.post(`/api/${user.id}/tasks`, { data: { title }, headers: { authorization: `Bearer ${token}` } });
  }
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

let worst = 100;
async function measure(name, path, formFactor, cookie) {
  const screenEmulation = formFactor === "desktop" ? { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false } : undefined;
  const desktop = { rttMs: 40, throughputKbps: 10240, cpuSlowdownMultiplier: 1 };
  const flags = { port, formFactor, screenEmulation, ...(formFactor === "desktop" ? { throttling: desktop } : {}) };
  const extraHeaders = cookie ? { extraHeaders: { cookie } } : {};
  const { lhr } = await lighthouse(`${base}${path}`, { ...flags, ...extraHeaders, onlyCategories: categories, logLevel: "error" });
  const scores = categories.map((category) => Math.round(lhr.categories[category].score * 100));
  worst = Math.min(worst, ...scores);
  const { "largest-contentful-paint": lcp, "cumulative-layout-shift": cls, "total-blocking-time": tbt } = lhr.audits;
  console.log(`${name.padEnd(9)} ${formFactor.padEnd(8)} ${categories.map((category, index) => `${category} ${scores[index]}`).join("  ")}  LCP ${lcp.displayValue}  TBT ${tbt.displayValue}  CLS ${cls.displayValue}`);
  for (const { score, scoreDisplayMode, title } of Object.values(lhr.audits)) {
    if (score === 0 && scoreDisplayMode === "binary") console.log(`          ${title}`);
  }
}

const cookie = await member();
for (const formFactor of ["mobile", "desktop"]) {
  await measure("sign-in", "/sign-in", formFactor);
  await measure("tasks", "/", formFactor, cookie);
}
await browser.close();
if (worst < LEAST) {
  console.error(`A category is below ${LEAST}.`);
  process.exitCode = 1;
}
