// The web addresses in a text. Pure.

export interface TextPart {
  readonly text: string;
  /** Where a link leads; null for plain text. */
  readonly href: string | null;
}

/** The text in its parts: plain ones and web addresses. */
export function splitLinks(text: string): TextPart[] {
  return text
    .split(/(https?:\/\/[^\s<>"“”]+)/gi)
    .flatMap((part): TextPart[] => {
      if (!/^https?:\/\//i.test(part)) return [{ text: part, href: null }];
      const address = withoutSentenceEnd(part);
      if (!URL.canParse(address)) return [{ text: part, href: null }];
      return [
        { text: address, href: address },
        { text: part.slice(address.length), href: null },
      ];
    })
    .filter(({ text }) => text !== "");
}

/** What ends the sentence is no part of the address, nor a bracket that was opened before it. */
function withoutSentenceEnd(address: string): string {
  const unopened = address.endsWith(")") && address.split(")").length > address.split("(").length;
  return unopened || /[.,:;!?'’*_]$/.test(address) ? withoutSentenceEnd(address.slice(0, -1)) : address;
}

/** A web address as people read it: without its protocol, and not longer than a line. */
export function shortAddress(address: string): string {
  const { host, pathname, search } = new URL(address);
  const rest = pathname === "/" ? search : pathname + search;
  const short = host.replace(/^www\./, "") + rest;
  return short.length > 40 ? `${short.slice(0, 39)}…` : short;
}
