// What people do most, in browsers of other engines: the first visit, the list, the assistant, the settings, and out again.
import { newAccount } from "../clients/web/account.js";
import { expect, test } from "./person.js";

const isOpen = (title) => [...document.querySelectorAll("input[type=checkbox]")].some((box) => box.ariaLabel === title && !box.checked);

/** How bright the page is, from 0 to 255. */
const brightness = () => {
  const [red, green, blue] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+(\.\d+)?/g).map(Number);
  return (red + green + blue) / 3;
};

for (const colours of ["light", "dark"]) {
  test.describe(colours, () => {
    test.use({ colours });

    test(`somebody signs up, keeps a list by hand and by chat, changes the settings and signs out, in ${colours} colours`, async ({ person }) => {
      const account = newAccount("Zoe");
      await person.goto("/sign-up");
      await person.hasFocus("Name");
      await person.look("sign up");
      await person.type(account.name);
      await person.press("Tab");
      await person.type(account.email);
      await person.press("Tab");
      await person.type(account.password);
      await person.press("Enter");

      await person.hasFocus("New task");
      expect((await person.evaluate(brightness)) > 128).toBe(colours === "light");
      for (const title of ["Pay rent", "Call mum tomorrow #family"]) {
        await person.type(title);
        await person.press("Enter");
      }
      await person.holds(isOpen, "Pay rent");
      await person.holds(isOpen, "Call mum");
      await person.sees("Tomorrow");

      await person.click("checkbox", "Pay rent");
      await person.sees('Completed "Pay rent"');
      await person.click("button", "Undo");
      await person.holds(isOpen, "Pay rent");

      await person.hover("checkbox", "Pay rent");
      await person.click("button", 'Edit "Pay rent"');
      await person.hasFocus('New title for "Pay rent"');
      await person.type("Pay the rent");
      await person.press("Enter");
      await person.holds(isOpen, "Pay the rent");

      await person.hover("checkbox", "Pay the rent");
      await person.click("button", 'Date of "Pay the rent"');
      await person.hasFocus("Today");
      await person.look("date");
      await person.press("Enter");
      await person.holds(() => document.querySelector("dialog:modal") === null);
      await person.sees("Today");

      await person.hover("checkbox", "Call mum");
      await person.click("button", 'Delete "Call mum"');
      await person.sees('Deleted "Call mum"');
      await person.press("u");
      await person.holds(isOpen, "Call mum");
      await person.look("tasks");

      await person.click("button", "Open assistant");
      await person.hasFocus("Message");
      await person.type("add milk");
      await person.press("Enter");
      await person.sees("Added 1 task");
      await person.holds(isOpen, "milk");
      await person.type("mark task 1 as complete");
      await person.press("Enter");
      await person.sees("Completed 1 task");
      await person.look("assistant");
      await person.press("Escape");
      await person.reload();
      await person.holds(isOpen, "milk");

      await person.click("link", "Settings");
      // What comes late above the colours would move them.
      await person.sees("This device");
      await person.sees("Email and password");
      await person.look("settings");
      await person.click("radio", colours === "light" ? "Dark" : "Light");
      await expect.poll(async () => (await person.evaluate(brightness)) > 128).toBe(colours === "dark");

      await person.click("button", `Account of ${account.name}`);
      await person.click("button", "Sign out");
      await person.hasFocus("Email");
      await person.type(account.email);
      await person.press("Tab");
      await person.type(account.password);
      await person.press("Enter");
      await person.holds(isOpen, "Call mum");
      expect(await person.complaints()).toEqual([]);
    });
  });
}

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the page speaks German", async ({ person, engine }) => {
    test.skip(engine === "webkit", "its language is that of the machine");
    await person.goto("/sign-in");
    await person.sees("Passwort");
    await person.look("sign in german");
    expect(await person.complaints()).toEqual([]);
  });
});
