// A page in Firefox for tests of Playwright, which itself cannot set up a page there: Puppeteer drives it by WebDriver BiDi.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { randomInt } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import puppeteer from "puppeteer-core";

export { expect };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const test = base.extend({
  // `colours` and `locale` are those of the person in front of it.
  colours: ["light", { option: true }],
  fox: async ({ colours, locale, baseURL }, use, info) => {
    const extraPrefsFirefox = {
      "layout.css.prefers-color-scheme.content-override": colours === "dark" ? 0 : 1,
      "intl.accept_languages": locale,
      // A virtual machine has no mouse, but its people do.
      "ui.primaryPointerCapabilities": 6,
      "ui.allPointerCapabilities": 6,
    };
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, extraPrefsFirefox });
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.setViewport({ width: 1280, height: 800 });
    // An address of its own, so that the limits on tries from one address are not shared by all tests.
    await page.setExtraHTTPHeaders({ "x-forwarded-for": `10.${[0, 0, 0].map(() => randomInt(1, 255)).join(".")}` });
    await use(new FirefoxPage(page, baseURL, info));
    if (info.status !== info.expectedStatus) await page.screenshot({ path: info.outputPath("failed.png") });
    await browser.close();
  },
});

class FirefoxPage {
  constructor(page, baseURL, info) {
    Object.assign(this, { page, baseURL, info, complaints: [] });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
  }

  goto(path) {
    return this.page.goto(this.baseURL + path);
  }

  /** What a screen reader calls so. */
  named(role, name) {
    return this.page.locator(`::-p-aria([role="${role}"][name="${name}"])`);
  }

  click(role, name) {
    return this.named(role, name).click();
  }

  /** Types as a person does, into what has the focus. */
  type(text) {
    return this.page.keyboard.type(text);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** Waits until the page shows this text. */
  async sees(text) {
    await expect.poll(() => this.page.evaluate(() => document.body.innerText), { message: `the page shows ${text}` }).toContain(text);
  }

  /** Waits until this is true of the page. */
  async holds(what, ...args) {
    await expect.poll(() => this.page.evaluate(what, ...args), { message: String(what) }).toBe(true);
  }

  /** The focus is on what has a name that begins so. */
  hasFocus(name) {
    return this.holds((wanted) => {
      const { ariaLabel, labels, textContent } = document.activeElement;
      return [ariaLabel, ...[...(labels ?? [])].map((label) => label.textContent), textContent].some((name) => name?.startsWith(wanted));
    }, name);
  }

  /** Nothing against WCAG, nothing wider than the screen, and a picture in artifacts/pages. */
  async look(name) {
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => 0))));
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(axe);
    const found = await this.page.evaluate(async (runOnly) => (await window.axe.run({ runOnly })).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), RULES);
    expect(found, name).toEqual([]);
    const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, "nothing is wider than the screen").toBeLessThanOrEqual(0);
    await this.page.screenshot({ path: this.info.outputPath(`${name}.png`) });
  }
}
