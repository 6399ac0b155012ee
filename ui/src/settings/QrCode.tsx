import { useEffect, useState } from "preact/hooks";

/** Empty modules around the code, as its standard wants them. */
const MARGIN = 4;

/** A text as a QR code. What draws it is loaded with it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawing, setDrawing] = useState<{ size: number; path: string } | null>(null);
  useEffect(() => {
    void import("lean-qr/nano").then(
      ({ generate }) => setDrawing(draw(generate(text))),
      () => setDrawing(null),
    );
  }, [text]);
  if (drawing === null) return null;
  const side = drawing.size + 2 * MARGIN;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}>
      <path d={drawing.path} />
    </svg>
  );
}

function draw({ size, get }: { size: number; get: (x: number, y: number) => boolean }) {
  const places = Array.from({ length: size * size }, (_, place) => [place % size, Math.floor(place / size)] as const);
  const dark = places.filter(([x, y]) => get(x, y));
  return { size, path: dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join("") };
}
