import { splitLinks } from "./links";

/** A text with its web addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {splitLinks(text).map(({ text: part, href }, index) =>
        href === null ? (
          part
        ) : (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ),
      )}
    </>
  );
}
