import { parseMarkup, type TextLine } from "./parseMarkup";

export function Markup({ text }: { text: string }) {
  return (
    <div class="said" dir="auto">
      {parseMarkup(text).map(({ kind, lines }, index) => {
        const items = lines.map((line, at) => <Item key={at} line={line} kind={kind} last={at === lines.length - 1} />);
        if (kind === "bullets") return <ul key={index}>{items}</ul>;
        if (kind === "numbers") return <ol key={index}>{items}</ol>;
        return <p key={index}>{items}</p>;
      })}
    </div>
  );
}

function Item({ line, kind, last }: { line: TextLine; kind: string; last: boolean }) {
  const spans = line.map(({ text, bold }, index) => (bold ? <strong key={index}>{text}</strong> : text));
  if (kind !== "paragraph") return <li>{spans}</li>;
  return (
    <>
      {spans}
      {!last && <br />}
    </>
  );
}
