import { expect, test } from "vitest";
import { parseMarkup, toSpeech } from "./parseMarkup";

const plainLines = (text: string) =>
  parseMarkup(text).map(({ kind, lines }) => [kind, ...lines.map((line) => line.map((span) => span.text).join(""))]);

test("paragraphs, line breaks and lists", () => {
  expect(plainLines("Hello\nthere\n\n- one\n- two\n\n1. first\n2) second\nend")).toEqual([
    ["paragraph", "Hello", "there"],
    ["bullets", "one", "two"],
    ["numbers", "first", "second"],
    ["paragraph", "end"],
  ]);
});

test("a blank line ends a paragraph but not a list", () => {
  expect(plainLines("a\n\nb")).toEqual([
    ["paragraph", "a"],
    ["paragraph", "b"],
  ]);
  expect(plainLines("- a\n\n- b")).toEqual([["bullets", "a", "b"]]);
});

test("only closed bold is bold", () => {
  expect(parseMarkup("Added **milk** and **bread")[0]?.lines[0]).toEqual([
    { text: "Added ", bold: false },
    { text: "milk", bold: true },
    { text: " and **bread", bold: false },
  ]);
});

test("HTML, links and images stay the text they are", () => {
  const text = "<img src=x onerror=alert(1)> [a](https://evil.example) ![b](https://evil.example/x.png)";
  expect(plainLines(text)).toEqual([["paragraph", text]]);
});

test("an empty text has no blocks", () => {
  expect(parseMarkup(" \n\n")).toEqual([]);
});

test("the text for a screen reader has no marks", () => {
  expect(toSpeech("**Done.**\n\n- one\n2. two")).toBe("Done.\none\ntwo");
});
