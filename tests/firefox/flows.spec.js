// What people do most, in Firefox: the first visit, the list, the assistant, the settings, and out again.
import { newAccount } from "../clients/web/account.js";
import { expect, test } from "./browser.js";

const isOpen = (title) => [...document.querySelectorAll("input[type=checkbox]")].some((box) => box.ariaLabel === title && !box.checked);

/** How bright the page is, from 0 to 255. */
const brightness = () => {
  const [red, green, blue] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+(\.\d+)?/g).map(Number);
  return (red + green + blue) / 3;
};

for (const colours of ["light", "dark"]) {
  test.describe(colours, () => {
    test.use({ colours });

    test(`somebody signs up, keeps a list by hand and by chat, changes the settings and signs out, in ${colours} colours`, async ({ fox }) => {
      const account = newAccount("Zoe");
      await fox.goto("/sign-up");
      await fox.hasFocus("Name");
      await fox.look("sign up");
      await fox.type(account.name);
      await fox.press("Tab");
      await fox.type(account.email);
      await fox.press("Tab");
      await fox.type(account.password);
      await fox.press("Enter");

      await fox.hasFocus("New task");
      expect((await fox.page.evaluate(brightness)) > 128).toBe(colours === "light");
      for (const title of ["Pay rent", "Call mum tomorrow #family"]) {
        await fox.type(title);
        await fox.press("Enter");
      }
      await fox.holds(isOpen, "Pay rent");
      await fox.holds(isOpen, "Call mum");
      await fox.sees("Tomorrow");

      await fox.click("checkbox", "Pay rent");
      await fox.sees('Completed "Pay rent"');
      await fox.click("button", "Undo");
      await fox.holds(isOpen, "Pay rent");

      await fox.named("checkbox", "Pay rent").hover();
      await fox.click("button", 'Edit "Pay rent"');
      await fox.hasFocus('New title for "Pay rent"');
      await fox.type("Pay the rent");
      await fox.press("Enter");
      await fox.holds(isOpen, "Pay the rent");

      await fox.named("checkbox", "Pay the rent").hover();
      await fox.click("button", 'Date of "Pay the rent"');
      await fox.hasFocus("Today");
      await fox.look("date");
      await fox.press("Enter");
      await fox.holds(() => document.querySelector("dialog:modal") === null);
      await fox.sees("Today");

      await fox.named("checkbox", "Call mum").hover();
      await fox.click("button", 'Delete "Call mum"');
      await fox.sees('Deleted "Call mum"');
      await fox.press("u");
      await fox.holds(isOpen, "Call mum");
      await fox.look("tasks");

      await fox.click("button", "Open assistant");
      await fox.hasFocus("Message");
      await fox.type("add milk");
      await fox.press("Enter");
      await fox.sees("Added 1 task");
      await fox.holds(isOpen, "milk");
      await fox.type("mark task 1 as complete");
      await fox.press("Enter");
      await fox.sees("Completed 1 task");
      await fox.look("assistant");
      await fox.press("Escape");
      await fox.page.reload();
      await fox.holds(isOpen, "milk");

      await fox.click("link", "Settings");
      await fox.sees("This device");
      await fox.look("settings");
      await fox.click("radio", colours === "light" ? "Dark" : "Light");
      await expect.poll(async () => (await fox.page.evaluate(brightness)) > 128).toBe(colours === "dark");

      await fox.click("button", `Account of ${account.name}`);
      await fox.click("button", "Sign out");
      await fox.hasFocus("Email");
      await fox.type(account.email);
      await fox.press("Tab");
      await fox.type(account.password);
      await fox.press("Enter");
      await fox.holds(isOpen, "Call mum");
      expect(fox.complaints).toEqual([]);
    });
  });
}

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the page speaks German", async ({ fox }) => {
    await fox.goto("/sign-in");
    await fox.sees("Passwort");
    await fox.look("sign in german");
    expect(fox.complaints).toEqual([]);
  });
});
