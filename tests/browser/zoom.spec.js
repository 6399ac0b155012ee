// The page at 200 and 400 % zoom in a window of 1280 × 1024: nothing is wider than the screen, nothing breaks a rule of WCAG, and
// what has the focus can be seen (WCAG 2.2, 1.4.10 and 2.4.11).
import { expect, look, newTask, openAssistant, signUp, newAccount, test } from "./app.js";

const zooms = [["200", { width: 640, height: 512 }], ["400", { width: 320, height: 256 }]];
const titles = Array.from({ length: 6 }, (_, at) => `task number ${at + 1} with a title of some length`);
/** The most elements that are reached by the Tab key on any of these pages. */
const MOST_STOPS = 90;

/** The elements that have the focus, one after the other by the Tab key, while something else lies over all of them. */
async function obscured(page) {
  const found = [];
  let first = null;
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const { name, seen } = await page.evaluate(() => {
      const element = document.activeElement;
      const { left, top, width, height } = element.getBoundingClientRect();
      const parts = [0.1, 0.3, 0.5, 0.7, 0.9];
      const points = parts.flatMap((x) => parts.map((y) => [left + width * x, top + height * y]));
      const isSeen = ([x, y]) => {
        const above = document.elementFromPoint(x, y);
        return above !== null && (above.contains(element) || element.contains(above));
      };
      return { name: `${element.tagName} ${element.ariaLabel ?? element.textContent}`.slice(0, 60), seen: element === document.body || points.some(isSeen) };
    });
    if (first === name && stop > 3) return found;
    first ??= name;
    if (!seen) found.push(name);
  }
  throw new Error(`more than ${MOST_STOPS} stops of the Tab key`);
}

for (const [percent, viewport] of zooms) {
  test.describe(`at ${percent} % zoom`, () => {
    test.use({ viewport });
    const views = {
      tasks: async (page) => {
        await page.goto("/");
        await expect(page.getByText("task number 6")).toBeVisible();
      },
      "settings ": async (page) => {
        await page.goto("/settings");
        await expect(page.getByText("This device")).toBeVisible();
      },
      activity: async (page) => {
        await page.goto("/activity");
        await expect(page.getByText(/^Added/).first()).toBeVisible();
      },
      assistant: async (page) => {
        await page.goto("/");
        await expect(newTask(page)).toBeVisible();
        const panel = await openAssistant(page);
        await expect(panel.getByText("What can I do for your list?")).toBeInViewport({ ratio: 1 });
      },
    };
    for (const [name, show] of Object.entries(views)) {
      test(`${name} at ${percent} % zoom`, async ({ page, baseURL }, info) => {
        const member = await signUp(page.request, baseURL, newAccount("Zoe"));
        await member.call("POST", "/lists", { name: "Home" });
        for (const title of titles) await member.call("POST", "/tasks", { title, due: "2030-01-01", list: "Home" });
        await show(page);
        await look(page, info, `${name} zoom ${percent === "200" ? "twice" : "four times"}`);
        expect(await obscured(page)).toEqual([]);
      });
    }
  });
}
