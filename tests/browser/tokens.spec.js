// Personal access tokens: made and shown once, and revoked after a question.
import { expect, look, section, test } from "./app.js";

test("a token is shown once and works until it is revoked", async ({ page, member }, info) => {
  await page.goto("/settings");
  const part = section(page, "Access tokens");
  await part.getByLabel("Name").fill("backup script");
  await part.getByLabel("What it may do").selectOption("See tasks");
  await part.getByRole("button", { name: "Make a token" }).click();
  await expect(part.getByText("Copy the token now: it is not shown again.")).toBeVisible();
  const secret = (await part.getByRole("region", { name: "The new token" }).textContent()).trim();
  const read = async () => (await fetch(new URL(`/api/${member.id}/tasks`, page.url()), { headers: { authorization: `Bearer ${secret}` } })).status;
  expect(await read()).toBe(200);
  await expect(part.getByText(/See tasks · /)).toBeVisible();
  await part.getByRole("button", { name: "Revoke backup script" }).click();
  await expect(part.getByText("Programs that use “backup script” stop working.")).toBeVisible();
  await look(page, info, "settings token");
  await part.getByRole("button", { name: "Revoke the token" }).click();
  await expect(part.getByText("There is no access token.")).toBeVisible();
  await expect(part.getByText(secret)).toHaveCount(0);
});
