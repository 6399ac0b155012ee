// The page about the API: made of the document that the app serves, and of nothing from anywhere else.
import { expect, look, test } from "./app.js";

test("the API is documented on a page of its own", async ({ page, baseURL, complaints }, info) => {
  const origins = new Set();
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("todo-chatbot");
  const document = await (await page.request.get("/api/openapi.json")).json();
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path)).filter(({ operationId }) => operationId);
  await expect(page.locator("details")).toHaveCount(operations.length);
  await page.getByText("Add a task", { exact: true }).click();
  await expect(page.getByText("Idempotency-Key").first()).toBeVisible();
  expect(await page.getByRole("link", { name: "the OpenAPI document" }).getAttribute("href")).toBe("/api/openapi.json");
  await look(page, info, "docs");
  expect([...origins]).toEqual([baseURL]);
  expect(complaints).toEqual([]);
});
