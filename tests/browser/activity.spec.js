// What changed the list, who did it, and undoing any of it.
import { addByHand, box, deleteInRow, expect, test } from "./app.js";

test("every change is told with who made it, and can be undone there", async ({ page, member }) => {
  await member.add("from a program");
  await member.call("POST", "/chat", { message: "add milk" });
  await page.goto("/");
  await addByHand(page, "by hand");
  await deleteInRow(page, "from a program");
  await expect(box(page, "from a program")).toHaveCount(0);
  await page.getByRole("link", { name: "Activity" }).click();
  const changes = page.getByRole("list", { name: "Activity" }).getByRole("listitem");
  await expect(changes).toHaveCount(4);
  await expect(changes.nth(0)).toContainText("Deleted from a program");
  await expect(changes.nth(0)).toContainText("You");
  await expect(changes.nth(1)).toContainText("Added by hand");
  await expect(changes.nth(2)).toContainText("Assistant");
  await changes.nth(0).getByRole("button", { name: /^Undo/ }).click();
  await expect(changes.nth(1)).toContainText("Undone");
  await page.getByRole("combobox", { name: "Changes by" }).selectOption("Assistant");
  await expect(changes).toHaveCount(1);
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(box(page, "from a program")).toBeVisible();
});
