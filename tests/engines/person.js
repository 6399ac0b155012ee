// Somebody in front of a browser that Playwright itself cannot drive here, for its tests. Each engine has its own client of WebDriver.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect } from "@playwright/test";
import { openFirefox } from "./firefox.js";
import { openWebKit } from "./webkit.js";

export { expect };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const openers = { firefox: openFirefox, webkit: openWebKit };

export const test = base.extend({
  engine: ["", { option: true }],
  // `colours` and `locale` are those of the person.
  colours: ["light", { option: true }],
  person: async ({ engine, colours, locale, baseURL }, use, info) => {
    const browser = await openers[engine]({ colours, locale });
    await use(new Person(browser, baseURL, info));
    if (info.status !== info.expectedStatus) {
      await browser.screenshot(info.outputPath("failed.png"));
      console.log(await browser.evaluate(() => `Focused: ${document.activeElement.outerHTML.slice(0, 300)}\n${document.body.innerText}`));
    }
    await browser.close();
  },
});

class Person {
  constructor(browser, baseURL, info) {
    Object.assign(this, { browser, baseURL, info });
  }

  /** What the console said that it should not. */
  complaints() {
    return this.browser.complaints();
  }

  goto(path) {
    return this.browser.goto(this.baseURL + path);
  }

  reload() {
    return this.browser.reload();
  }

  /** What this function returns in the page. */
  evaluate(what, ...args) {
    return this.browser.evaluate(what, ...args);
  }

  /** Clicks what a screen reader calls so. */
  click(role, name) {
    return this.browser.click(role, name);
  }

  hover(role, name) {
    return this.browser.hover(role, name);
  }

  /** Types into what has the focus. */
  type(text) {
    return this.browser.type(text);
  }

  press(key) {
    return this.browser.press(key);
  }

  /** Waits until the page shows this text. */
  async sees(text) {
    await expect.poll(() => this.evaluate(() => document.body.innerText), { message: `the page shows ${text}` }).toContain(text);
  }

  /** Waits until this is true of the page. */
  async holds(what, ...args) {
    await expect.poll(() => this.evaluate(what, ...args), { message: String(what) }).toBe(true);
  }

  /** The focus is on what has a name that begins so. */
  hasFocus(name) {
    return this.holds((wanted) => {
      const { ariaLabel, labels, textContent } = document.activeElement;
      return [ariaLabel, ...[...(labels ?? [])].map((label) => label.textContent), textContent].some((name) => name?.startsWith(wanted));
    }, name);
  }

  /** Nothing against WCAG, nothing wider than the screen, and a picture in artifacts. */
  async look(name) {
    await this.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => 0))).then(() => true));
    if (!(await this.evaluate(() => "axe" in window))) await this.browser.run(axe);
    const found = await this.evaluate((runOnly) => window.axe.run({ runOnly }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)), RULES);
    expect(found, name).toEqual([]);
    const wider = await this.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, "nothing is wider than the screen").toBeLessThanOrEqual(0);
    await this.browser.screenshot(this.info.outputPath(`${name}.png`));
  }
}
