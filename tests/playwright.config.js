// The suites that run in Node: the browser, and the official clients of MCP and Better Auth, against BASE_URL.
// CHROMIUM names the browser (Playwright's own if it is empty); where FIREFOX or WEBKIT names one, it has its suite too. Pictures of every page, and of what failed, are kept in
// artifacts/; `npm test -- --trace retain-on-failure` keeps traces too, which take their time.
import { cpus } from "node:os";
import { defineConfig, devices } from "@playwright/test";

if (!process.env.BASE_URL) throw new Error("BASE_URL is not set: run `make test`, or name a running app by it.");

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { ...devices["Pixel 7"], viewport: { width: 360, height: 740 } };
// What does not depend on colours or the size of the screen is tried once.
const once = /(weight|offline|zoom)\.spec\.js/;
// Every flow is walked in light colours on a desktop and in dark ones on a phone; what needs a keyboard, in dark ones too.

export default defineConfig({
  testDir: "clients/web",
  outputDir: "artifacts",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // Tests wait for timers and the server too: with one more than the cores, no core waits.
  workers: cpus().length + 1,
  // Long enough for a machine that is busy with other things; nothing waits this long that goes well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  projects: [
    { name: "clients" },
    { name: "desktop", testDir: "browser", use: { ...desktop, colorScheme: "light" } },
    { name: "phone", testDir: "browser", testIgnore: once, grepInvert: /@keyboard/, use: { ...phone, colorScheme: "dark" } },
    ...(process.env.FIREFOX ? [{ name: "firefox", testDir: "engines", use: { engine: "firefox" } }] : []),
    ...(process.env.WEBKIT ? [{ name: "webkit", testDir: "engines", use: { engine: "webkit" } }] : []),
    { name: "dark", testDir: "browser", grep: /@keyboard/, use: { ...desktop, colorScheme: "dark" } },
  ],
  use: {
    baseURL: process.env.BASE_URL,
    locale: "en-US",
    screenshot: "only-on-failure",
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
