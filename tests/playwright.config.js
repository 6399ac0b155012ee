// The suites that run in Node: the browser, and the official clients of MCP and Better Auth, against BASE_URL.
// CHROMIUM names the browser (Playwright's own if it is empty). Screenshots and traces are kept in artifacts/.
import { defineConfig } from "@playwright/test";

if (!process.env.BASE_URL) throw new Error("BASE_URL is not set: run `make test`, or name a running app by it.");

export default defineConfig({
  testDir: "suites",
  outputDir: "artifacts",
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  reporter: "list",
  use: {
    baseURL: process.env.BASE_URL,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
