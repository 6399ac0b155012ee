import { expect, test } from "vitest";
import { shortAddress, splitLinks } from "./links";

const linksOf = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

test("addresses are links, what ends the sentence is not", () => {
  expect(linksOf("see https://example.com/a?b=1, and (http://example.org).")).toEqual([
    "https://example.com/a?b=1",
    "http://example.org",
  ]);
  expect(linksOf("https://en.wikipedia.org/wiki/Ink_(fluid)!")).toEqual(["https://en.wikipedia.org/wiki/Ink_(fluid)"]);
  expect(
    splitLinks("a https://example.com. b")
      .map(({ text }) => text)
      .join(""),
  ).toBe("a https://example.com. b");
});

test("nothing else is a link", () => {
  expect(linksOf("javascript:alert(1) ftp://x example.com https:// mailto:a@b.c")).toEqual([]);
});

test("an address is shown short", () => {
  expect(shortAddress("https://www.example.com/")).toBe("example.com");
  expect(shortAddress(`https://example.com/${"x".repeat(60)}`)).toHaveLength(40);
});
