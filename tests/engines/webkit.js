// The small browser of WebKitGTK, which Selenium drives. It needs a display: `xvfb-run`.
import { writeFile } from "node:fs/promises";
import { Builder, Condition, Key } from "selenium-webdriver";
import { findFreePort } from "selenium-webdriver/net/portprober.js";
import { DriverService } from "selenium-webdriver/remote/index.js";

const TIMEOUT_MS = 20_000;
/** What elements of these roles are here. */
const ELEMENTS = { button: "button", checkbox: "input[type=checkbox]", link: "a[href]", radio: "input[type=radio]" };

export async function openWebKit({ colours }) {
  const port = await findFreePort();
  const theme = colours === "dark" ? "Adwaita:dark" : "Adwaita";
  // The language is that of the machine's locale, so it is a common one.
  const env = { ...process.env, GTK_THEME: theme, LANG: "en_US.UTF-8" };
  const service = new DriverService("WebKitWebDriver", { port, hostname: "127.0.0.1", args: [`--port=${port}`], env });
  const capabilities = { browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: process.env.WEBKIT, args: ["--automation"] } };
  const driver = await new Builder().usingServer(await service.start()).withCapabilities(capabilities).build();
  await driver.manage().window().setRect({ width: 1280, height: 800 });
  const evaluate = (what, ...args) => driver.executeScript(`return (${what})(...arguments)`, ...args);
  // Once it stays there: an element that moves is elsewhere when the press arrives.
  const place = (role, name) => {
    let before;
    const look = async () => {
      const now = JSON.stringify(await driver.executeScript(findPlace, ELEMENTS[role], name));
      const stays = now === before;
      before = now;
      return stays && JSON.parse(now);
    };
    return driver.wait(new Condition(`for ${role} ${name}`, look), TIMEOUT_MS);
  };
  const pointTo = async (role, name) => driver.actions().move(await place(role, name));
  // WebDriver tells no messages of the console: the page keeps its errors from here on.
  const keepErrors = () => evaluate(() => {
    window.complaints = [];
    addEventListener("error", ({ message }) => window.complaints.push(message));
    addEventListener("unhandledrejection", ({ reason }) => window.complaints.push(String(reason)));
  });
  return {
    complaints: () => evaluate(() => window.complaints),
    goto: (url) => driver.get(url).then(keepErrors),
    reload: () => driver.navigate().refresh().then(keepErrors),
    evaluate,
    run: (script) => driver.executeScript(script),
    click: async (role, name) => (await pointTo(role, name)).click().perform(),
    hover: async (role, name) => (await pointTo(role, name)).perform(),
    type: (text) => driver.actions().sendKeys(text).perform(),
    press: (key) => driver.actions().sendKeys(Key[key.toUpperCase()] ?? key).perform(),
    screenshot: async (path) => writeFile(path, Buffer.from(await driver.takeScreenshot(), "base64")),
    close: async () => {
      await driver.quit();
      await service.kill();
    },
  };
}

/** Where the element with this name is that can be seen and used; null without one. */
function findPlace(selector, name) {
  const nameOf = ({ ariaLabel, labels, textContent }) => ariaLabel ?? labels?.[0]?.textContent ?? textContent;
  const isReady = (element) => !element.disabled && element.checkVisibility({ checkVisibilityCSS: true });
  const found = [...document.querySelectorAll(selector)].find((element) => nameOf(element).trim() === name && isReady(element));
  if (!found) return null;
  found.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = found.getBoundingClientRect();
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
}
