// Parses the assistant's Markdown into blocks: paragraphs, headings, lists in lists, code, **bold** and `code`. A link
// is its text and host, a table a line for each row; other marks go. No links, no images, no HTML. Pure.

export interface TextSpan {
  readonly text: string;
  readonly style: "plain" | "bold" | "code";
}

export type TextLine = readonly TextSpan[];

export interface ListItem {
  readonly line: TextLine;
  readonly nested: readonly TextBlock[];
}

export type TextBlock =
  | { readonly kind: "paragraph"; readonly lines: readonly TextLine[] }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "list";
      /** The number of the first item; null for bullets. */
      readonly start: number | null;
      readonly items: readonly ListItem[];
    };

/** A list that is being read; `indent` is that of its marks. */
interface OpenList {
  readonly indent: number;
  readonly start: number | null;
  readonly items: { line: TextLine; nested: TextBlock[] }[];
  readonly block: TextBlock;
}

export function parseMarkup(text: string): TextBlock[] {
  const parser = new MarkupParser();
  for (const line of stripInvisible(text).split(/\r?\n/)) parser.readLine(line);
  return parser.end();
}

class MarkupParser {
  readonly #blocks: TextBlock[] = [];
  #paragraph: TextLine[] = [];
  #lists: OpenList[] = [];
  /** The lines of the code block that is open. */
  #code: string[] | null = null;

  readLine(raw: string): void {
    const line = raw.replace(/^\s*(>\s?)+/, "").replaceAll("\t", "  ");
    const heading = /^\s*#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1];
    const item = /^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (/^\s*(```|~~~)/.test(raw)) this.#toggleCode();
    else if (this.#code) this.#code.push(raw);
    else if (/^\s*=+\s*$/.test(line)) this.#endParagraph(inBold);
    else if (isGap(line)) this.#endParagraph();
    else if (heading !== undefined) this.#addHeading(heading);
    else if (item?.[3] !== undefined) this.#addItem(item[1]?.length ?? 0, item[2], item[3]);
    else this.#addText(line);
  }

  #addText(line: string): void {
    const content = /^\s*\|.*\|\s*$/.test(line) ? cellsOf(line) : line.trim();
    if (this.#lists.length > 0 && /^\s{2,}/.test(line)) this.#continueItem(content);
    else {
      this.#lists = [];
      this.#paragraph.push(splitSpans(content));
    }
  }

  end(): TextBlock[] {
    if (this.#code) this.#toggleCode();
    this.#endParagraph();
    return this.#blocks;
  }

  #toggleCode(): void {
    if (this.#code === null) {
      this.#endParagraph();
      this.#lists = [];
      this.#code = [];
      return;
    }
    if (this.#code.length > 0) this.#blocks.push({ kind: "code", text: this.#code.join("\n") });
    this.#code = null;
  }

  #endParagraph(style = (line: TextLine) => line): void {
    if (this.#paragraph.length > 0) this.#blocks.push({ kind: "paragraph", lines: this.#paragraph.map(style) });
    this.#paragraph = [];
  }

  #addHeading(content: string): void {
    this.#endParagraph();
    this.#lists = [];
    this.#blocks.push({ kind: "paragraph", lines: [inBold(splitSpans(content))] });
  }

  #addItem(indent: number, number: string | undefined, content: string): void {
    this.#endParagraph();
    const start = number === undefined ? null : Number(number);
    this.#lists = this.#lists.filter((list) => list.indent <= indent);
    let list = this.#lists.at(-1);
    const sameKind = list && (list.start === null) === (start === null);
    if (!list || indent >= list.indent + 2 || !sameKind) {
      // At the same depth a list of the other kind follows; deeper it belongs to the item above.
      const parent =
        list && indent >= list.indent + 2 ? list : this.#lists.filter((open) => open.indent < indent).at(-1);
      if (!parent) this.#lists = [];
      else if (parent !== list) this.#lists = this.#lists.slice(0, this.#lists.indexOf(parent) + 1);
      list = openList(indent, start);
      (parent?.items.at(-1)?.nested ?? this.#blocks).push(list.block);
      this.#lists.push(list);
    }
    const text = content.trim().replace(/^\[( |x)\]\s/i, (_, mark) => (mark === " " ? "☐ " : "☑ "));
    list.items.push({ line: splitSpans(text), nested: [] });
  }

  #continueItem(content: string): void {
    const item = this.#lists.at(-1)?.items.at(-1);
    if (item) item.line = [...item.line, { text: " ", style: "plain" }, ...splitSpans(content)];
  }
}

function inBold(line: TextLine): TextLine {
  return line.map((span) => ({ ...span, style: "bold" }));
}

/**
 * A blank line ends a paragraph, not a list; so do rules, the line below a table's head and the address of a link, which
 * say nothing.
 */
function isGap(line: string): boolean {
  if (/^\s*\[[^\]]+\]:\s+\S+\s*$/.test(line)) return true;
  return line.trim() === "" || /^\s*([-*_]\s*){3,}$/.test(line) || /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(line);
}

function openList(indent: number, start: number | null): OpenList {
  const items: OpenList["items"] = [];
  return { indent, start, items, block: { kind: "list", start, items } };
}

function cellsOf(row: string): string {
  const cells = row.trim().slice(1, -1).split("|");
  return cells.map((cell) => cell.trim()).join(" · ");
}

/** The text for a screen reader: the same without marks. */
export function toSpeech(text: string): string {
  return parseMarkup(text).map(speechOf).join("\n");
}

function speechOf(block: TextBlock): string {
  const plain = (line: TextLine) => line.map((span) => span.text).join("");
  if (block.kind === "code") return block.text;
  if (block.kind === "paragraph") return block.lines.map(plain).join("\n");
  return block.items.map(({ line, nested }) => [plain(line), ...nested.map(speechOf)].join("\n")).join("\n");
}

function splitSpans(line: string): TextLine {
  return hideEscapes(line)
    .split(/(`[^`]+`|\*\*\*?(?:[^*]|\*(?!\*))+\*\*\*?|__[^_]+__)/)
    .map((part): TextSpan => {
      if (/^`[^`]+`$/.test(part)) return { text: showEscapes(part.slice(1, -1), "\\"), style: "code" };
      const bold = /^(?:\*\*\*?(.+?)\*\*\*?|__([^_]+)__)$/.exec(part);
      return bold
        ? { text: plainText(bold[1] ?? bold[2] ?? ""), style: "bold" }
        : { text: plainText(part), style: "plain" };
    })
    .filter(({ text }) => text !== "");
}

/** A mark after a backslash is no mark: until the others are gone it is a character for private use. */
const HIDDEN = 0xe000;

function hideEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(HIDDEN + mark.charCodeAt(0)));
}

function showEscapes(text: string, before = ""): string {
  return text.replace(/[\ue000-\ue07f]/g, (hidden) => before + String.fromCharCode(hidden.charCodeAt(0) - HIDDEN));
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** A link as its text and host, an image as its description; without emphasis, strike-through and HTML. */
function plainText(text: string): string {
  const plain = text
    .replace(/!\[([^\]]*)\]\([^()\s]*\)/g, "$1")
    .replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, (_, name: string, address: string) => describeLink(name, address))
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, "$1")
    .replace(/<(https?:[^<>\s]+)>/g, "$1")
    .replace(/<br *\/?>/gi, " ")
    .replace(/<\/?(?:[biups]|em|strong|su[bp]|kbd|div|span|[uo]l|li|h[1-6]|mark)(?: [^<>]*)?>/gi, "")
    .replace(/~~([^~]+)~~/g, "$1")
    .replace(/(^|[\s(])\*(\S[^*]*)\*(?=$|[\s).,:;!?])/g, "$1$2")
    .replace(/(^|[\s(])_(\S[^_]*)_(?=$|[\s).,:;!?])/g, "$1$2")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? "");
  return showEscapes(plain);
}

function describeLink(name: string, address: string): string {
  const host = URL.canParse(address) ? new URL(address).host : "";
  return host === "" || name.includes(host) ? name : `${name} (${host})`;
}

/** Invisible characters and those that reorder the text: tags, variation selectors, joiners, bidi controls. */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\uFE00-\uFE0F]|[\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069]/gu;

export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
