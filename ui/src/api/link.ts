// The `Link` header (RFC 8288), as far as paging needs it. Pure.

/** The address of the next page if it is a path of our own API; null on the last page. */
export function nextPage(header: string | null): string | null {
  for (const link of (header ?? "").split(/,(?=\s*<)/)) {
    const match = /^\s*<([^>]*)>(.*)$/.exec(link);
    if (match?.[1] === undefined || !/;\s*rel="?next"?\s*(;|$)/i.test(match[2] ?? "")) continue;
    return ownPath(match[1]);
  }
  return null;
}

/** The access token is sent to our own API only, whatever the header says. */
function ownPath(address: string): string | null {
  return /^\/api\/[^\\]*$/.test(address) && !address.includes("..") ? address : null;
}
