// The suites that run in Node: the browser, and the official clients of MCP and Better Auth, against BASE_URL.
// CHROMIUM names the browser (Playwright's own if it is empty). Screenshots and traces are kept in artifacts/.
import { defineConfig, devices } from "@playwright/test";

if (!process.env.BASE_URL) throw new Error("BASE_URL is not set: run `make test`, or name a running app by it.");

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { ...devices["Pixel 7"], viewport: { width: 360, height: 740 } };
// What does not depend on colours or the size of the screen is tried once.
const once = /(weight|offline)\.spec\.js/;

export default defineConfig({
  testDir: "suites",
  outputDir: "artifacts",
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  // Long enough for a machine that is busy with other things; nothing waits this long that goes well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  projects: [
    { name: "clients", testIgnore: "ui/**" },
    { name: "light", testDir: "suites/ui", use: { ...desktop, colorScheme: "light" } },
    { name: "dark", testDir: "suites/ui", testIgnore: once, use: { ...desktop, colorScheme: "dark" } },
    { name: "phone", testDir: "suites/ui", testIgnore: once, use: { ...phone, colorScheme: "light" } },
  ],
  use: {
    baseURL: process.env.BASE_URL,
    locale: "en-US",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
