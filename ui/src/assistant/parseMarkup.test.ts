import { expect, test } from "vitest";
import { parseMarkup, type TextBlock, type TextLine, toSpeech } from "./parseMarkup";

const plain = (line: TextLine) => line.map((span) => span.text).join("");

/** Blocks as nested lists of texts. */
function outline(blocks: readonly TextBlock[]): unknown[] {
  return blocks.map((block) => {
    if (block.kind === "code") return ["code", block.text];
    if (block.kind === "paragraph") return ["paragraph", ...block.lines.map(plain)];
    const items = block.items.map(({ line, nested }) =>
      nested.length === 0 ? plain(line) : [plain(line), ...outline(nested)],
    );
    return [block.start ?? "bullets", ...items];
  });
}
const outlineOf = (text: string) => outline(parseMarkup(text));
const stylesOf = (text: string) => {
  const [block] = parseMarkup(text);
  return block?.kind === "paragraph" ? block.lines[0]?.map(({ text, style }) => [style, text]) : undefined;
};

test("paragraphs, line breaks and lists", () => {
  expect(outlineOf("Hello\nthere\n\n- one\n- two\n\n1. first\n2) second\nend")).toEqual([
    ["paragraph", "Hello", "there"],
    ["bullets", "one", "two"],
    [1, "first", "second"],
    ["paragraph", "end"],
  ]);
});

test("a blank line ends a paragraph but not a list", () => {
  expect(outlineOf("a\n\nb")).toEqual([
    ["paragraph", "a"],
    ["paragraph", "b"],
  ]);
  expect(outlineOf("- a\n\n- b")).toEqual([["bullets", "a", "b"]]);
});

test("lists stand in lists, and go on where they were", () => {
  expect(outlineOf("3. shop\n   - milk\n   - bread\n     1. rye\n4. cook")).toEqual([
    [3, ["shop", ["bullets", "milk", ["bread", [1, "rye"]]]], "cook"],
  ]);
  expect(outlineOf("- a\n  b\n- c")).toEqual([["bullets", "a b", "c"]]);
});

test("headings are bold, quotes and rules lose their marks", () => {
  expect(stylesOf("## Today **now** ##")).toEqual([
    ["bold", "Today "],
    ["bold", "now"],
  ]);
  expect(outlineOf("# One\ntwo\n---\n> three")).toEqual([
    ["paragraph", "One"],
    ["paragraph", "two"],
    ["paragraph", "three"],
  ]);
});

test("code stays as it is written", () => {
  expect(stylesOf("run `make **up**` now")).toEqual([
    ["plain", "run "],
    ["code", "make **up**"],
    ["plain", " now"],
  ]);
  expect(outlineOf("```sh\n# no heading\n- no list\n```\nend")).toEqual([
    ["code", "# no heading\n- no list"],
    ["paragraph", "end"],
  ]);
  expect(outlineOf("```\nopen")).toEqual([["code", "open"]]);
});

test("a table is a line for each row", () => {
  expect(outlineOf("| task | due |\n|---|:-:|\n| milk | today |")).toEqual([
    ["paragraph", "task · due"],
    ["paragraph", "milk · today"],
  ]);
});

test("only closed marks are marks", () => {
  expect(stylesOf("Added **milk** and **bread")).toEqual([
    ["plain", "Added "],
    ["bold", "milk"],
    ["plain", " and **bread"],
  ]);
  expect(outlineOf("2 * 3 * 4, snake_case_name, *really* _so_ ~~gone~~")).toEqual([
    ["paragraph", "2 * 3 * 4, snake_case_name, really so gone"],
  ]);
});

test("a link is its text and host, an image its description, HTML the text it is", () => {
  const text =
    "<img src=x onerror=alert(1)> [a](https://evil.example/x) ![b](https://evil.example/x.png) [evil.example](https://evil.example)";
  expect(outlineOf(text)).toEqual([["paragraph", "<img src=x onerror=alert(1)> a (evil.example) b evil.example"]]);
});

test("an empty text has no blocks", () => {
  expect(parseMarkup(" \n\n")).toEqual([]);
});

test("the text for a screen reader has no marks", () => {
  expect(toSpeech("**Done.**\n\n- one\n  - half\n2. two")).toBe("Done.\none\nhalf\ntwo");
});

test("marks that are rarer go too, and what is meant literally stays", () => {
  const said = (text: string) => parseMarkup(text).flatMap((block) => (block.kind === "paragraph" ? block.lines : []));
  const plain = (text: string) => said(text).map((line) => line.map((span) => span.text).join(""));
  expect(said("***both*** and **bold with *stress* in it**").flat()).toEqual([
    { text: "both", style: "bold" },
    { text: " and ", style: "plain" },
    { text: "bold with stress in it", style: "bold" },
  ]);
  expect(said("Title\n=====\ntext").map((line) => line[0]?.style)).toEqual(["bold", "plain"]);
  expect(plain("2 \\* 3 \\_ 4, `a\\*b`")).toEqual(["2 * 3 _ 4, a\\*b"]);
  expect(plain("see [it][1] at <https://a.example/b>\n\n[1]: https://c.example")).toEqual([
    "see it at https://a.example/b",
  ]);
  expect(plain("<b>bold</b>, one<br>two, a &lt; b &amp; c, 1 < 2 > 0")).toEqual([
    "bold, one two, a < b & c, 1 < 2 > 0",
  ]);
  expect(parseMarkup("- [ ] open\n- [x] done")).toMatchObject([
    { items: [{ line: [{ text: "☐ open" }] }, { line: [{ text: "☑ done" }] }] },
  ]);
});
