// Firefox, which Puppeteer drives by WebDriver BiDi.
import { randomInt } from "node:crypto";
import puppeteer from "puppeteer-core";

export async function openFirefox({ colours, locale }) {
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
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const named = (role, name) => page.locator(`::-p-aria([role="${role}"][name="${name}"])`);
  return {
    complaints: async () => complaints,
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    evaluate: (what, ...args) => page.evaluate(what, ...args),
    run: (script) => page.evaluate(script),
    click: (role, name) => named(role, name).click(),
    hover: (role, name) => named(role, name).hover(),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    screenshot: (path) => page.screenshot({ path }),
    close: () => browser.close(),
  };
}
