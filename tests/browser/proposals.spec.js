// What the offline assistant proposes to say next.
import { expect, openAssistant, test } from "./app.js";

test("what is not understood has orders to press", async ({ page, member }) => {
  await page.goto("/");
  const panel = await openAssistant(page);
  await panel.getByRole("textbox", { name: "Message" }).fill("what is love");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("button", { name: "add buy milk" }).click();
  await expect(panel.getByRole("region", { name: "Added 1 task" })).toContainText("buy milk");
  await expect.poll(async () => (await (await member.call("GET", "/tasks")).json()).length).toBe(1);
});
