// The `Link` header (RFC 8288), as far as paging needs it. Pure.

/** The address of the next page, when it is a path of our own API; null when this was the last. */
export function nextPage(header: string | null): string | null {
  for (const link of (header ?? "").split(/,(?=\s*<)/)) {
    const match = /^\s*<([^>]*)>(.*)$/.exec(link);
    if (match?.[1] === undefined || !/;\s*rel="?next"?\s*(;|$)/i.test(match[2] ?? "")) continue;
    return ownPath(match[1]);
  }
  return null;
}

/** The token goes only where it belongs, whatever a header says. */
function ownPath(address: string): string | null {
  return /^\/api\/[^\\]*$/.test(address) && !address.includes("..") ? address : null;
}
