// The secret address at which calendars read the tasks: made, shown once, replaced, revoked.
import { expect, look, section, test } from "./app.js";

/** The server's part; each POST makes another address. */
async function server(page) {
  let [count, created] = [0, null];
  await page.route("**/api/*/calendar", (route) => {
    const method = route.request().method();
    if (method === "POST") {
      count += 1;
      created = "2026-11-29T10:00:00Z";
      return route.fulfill({ status: 201, json: { url: `https://todo.example/api/calendar/SECRET${count}.ics`, created_at: created } });
    }
    if (method === "DELETE") {
      created = null;
      return route.fulfill({ status: 204 });
    }
    return route.fulfill({ json: { created_at: created, last_read_at: created && "2026-11-29T11:00:00Z" } });
  });
}

test("the address is made and shown once, and what cannot be taken back is asked first", async ({ page, member }, info) => {
  await server(page);
  await page.goto("/settings");
  const part = section(page, "Calendar");
  await part.getByRole("button", { name: "Make a secret address" }).click();
  await expect(part.getByText("https://todo.example/api/calendar/SECRET1.ics")).toBeVisible();
  await expect(part.getByText("it is not shown again")).toBeVisible();
  await expect(part.getByRole("link", { name: "Open in the calendar of this device" })).toHaveAttribute("href", "webcal://todo.example/api/calendar/SECRET1.ics");
  await expect(part.getByText("paste the address", { exact: false }).first()).toBeHidden();
  await part.getByText("Google Calendar").click();
  await expect(part.getByText("“From URL”")).toBeVisible();
  await look(page, info, "settings calendar");

  await page.reload();
  await expect(part.getByText(/There is an address, made on .* A calendar last read it on/)).toBeVisible();
  await expect(part.getByText("SECRET1")).toHaveCount(0);
  await part.getByRole("button", { name: "Replace" }).click();
  await expect(part.getByRole("button", { name: "Keep it" })).toBeFocused();
  await part.getByRole("button", { name: "Replace the address" }).click();
  await expect(part.getByText("https://todo.example/api/calendar/SECRET2.ics")).toBeVisible();

  await part.getByRole("button", { name: "Revoke" }).click();
  await part.getByRole("button", { name: "Keep it" }).click();
  await expect(part.getByRole("button", { name: "Revoke" })).toBeFocused();
  await part.getByRole("button", { name: "Revoke" }).click();
  await look(page, info, "settings calendar revoke");
  await part.getByRole("button", { name: "Revoke the address" }).click();
  await expect(part.getByText("There is no address yet.")).toBeVisible();
});
