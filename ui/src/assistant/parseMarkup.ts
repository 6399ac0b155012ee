// Parses the assistant's text into paragraphs, lists and **bold**. Nothing else: no links, no images, no HTML. Pure.

export interface TextSpan {
  readonly text: string;
  readonly bold: boolean;
}

export type TextLine = readonly TextSpan[];

export interface TextBlock {
  readonly kind: "paragraph" | "bullets" | "numbers";
  readonly lines: readonly TextLine[];
}

export function parseMarkup(text: string): TextBlock[] {
  const blocks: { kind: TextBlock["kind"]; lines: TextLine[] }[] = [];
  let gap = true;
  for (const line of stripInvisible(text).split(/\r?\n/)) {
    const { kind, content } = classifyLine(line);
    if (content === "") {
      gap = true;
      continue;
    }
    const last = blocks.at(-1);
    // A blank line ends a paragraph, not a list.
    if (last && last.kind === kind && !(gap && kind === "paragraph")) last.lines.push(splitSpans(content));
    else blocks.push({ kind, lines: [splitSpans(content)] });
    gap = false;
  }
  return blocks;
}

/** The text for a screen reader: the same without marks. */
export function toSpeech(text: string): string {
  const lines = parseMarkup(text).flatMap((block) => block.lines);
  return lines.map((line) => line.map((span) => span.text).join("")).join("\n");
}

function classifyLine(line: string): { kind: TextBlock["kind"]; content: string } {
  const bullet = /^\s*[-*•]\s+(.*)$/.exec(line);
  if (bullet?.[1] !== undefined) return { kind: "bullets", content: bullet[1].trim() };
  const number = /^\s*\d{1,3}[.)]\s+(.*)$/.exec(line);
  if (number?.[1] !== undefined) return { kind: "numbers", content: number[1].trim() };
  return { kind: "paragraph", content: line.trim() };
}

function splitSpans(line: string): TextLine {
  return line
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== "")
    .map((part) =>
      /^\*\*[^*]+\*\*$/.test(part) ? { text: part.slice(2, -2), bold: true } : { text: part, bold: false },
    );
}

/** Invisible characters and those that reorder the text: tags, variation selectors, joiners, bidi controls. */
const INVISIBLE = /[\u{E0000}-\u{E007F}]|[\uFE00-\uFE0F]|[\u200B-\u200F\u2060\u202A-\u202E\u2066-\u2069]/gu;

export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
