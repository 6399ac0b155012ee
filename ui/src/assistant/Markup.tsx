import { parseMarkup, type TextBlock, type TextLine } from "./parseMarkup";

export function Markup({ text }: { text: string }) {
  return (
    <div class="said" dir="auto">
      <Blocks blocks={parseMarkup(text)} />
    </div>
  );
}

function Blocks({ blocks }: { blocks: readonly TextBlock[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </>
  );
}

function Block({ block }: { block: TextBlock }) {
  if (block.kind === "code") return <pre>{block.text}</pre>;
  if (block.kind === "paragraph") {
    return (
      <p>
        {block.lines.map((line, index) => (
          <>
            {index > 0 && <br />}
            <Spans line={line} />
          </>
        ))}
      </p>
    );
  }
  const items = block.items.map(({ line, nested }, index) => (
    <li key={index}>
      <Spans line={line} />
      <Blocks blocks={nested} />
    </li>
  ));
  return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function Spans({ line }: { line: TextLine }) {
  return (
    <>
      {line.map(({ text, style }, index) => {
        if (style === "bold") return <strong key={index}>{text}</strong>;
        return style === "code" ? <code key={index}>{text}</code> : text;
      })}
    </>
  );
}
