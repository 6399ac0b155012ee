import { expect, test } from "vitest";
import { nextPage } from "./link";

test("the next page is found among other links", () => {
  expect(nextPage('</api/u/tasks?limit=50&after=50>; rel="next"')).toBe("/api/u/tasks?limit=50&after=50");
  expect(nextPage('</api/a>; rel="prev", </api/b?x=1,2>; rel=next; title="n"')).toBe("/api/b?x=1,2");
});

test("the last page has none", () => {
  expect(nextPage(null)).toBeNull();
  expect(nextPage("")).toBeNull();
  expect(nextPage('</api/a>; rel="prev"')).toBeNull();
});

test("an address outside the API is not followed", () => {
  for (const address of ["https://evil.example/api/", "//evil.example/", "/other", "/api/../x", "/api/\\x"]) {
    expect(nextPage(`<${address}>; rel="next"`), address).toBeNull();
  }
});
