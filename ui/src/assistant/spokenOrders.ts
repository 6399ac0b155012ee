// The orders that an answer of the offline assistant proposes: `Say "undo"`. Pure.

/** The most orders that are proposed at once. */
const MAX_ORDERS = 3;
/** What comes before the orders in a line. */
const SAY = /(?:^|[\s,])(?:say|sag)(?=\s)/i;
const QUOTED = /"([^"]+)"|„([^“]+)“/g;

/** The orders in quotes after "Say" or "Sag", in their order. Lines of tasks propose none. */
export function spokenOrders(text: string): string[] {
  const proposals = text.split("\n").flatMap((line) => {
    const start = /^[#-]/.test(line) ? -1 : line.search(SAY);
    return start === -1 ? [] : [line.slice(start)];
  });
  const orders = proposals.flatMap((line) =>
    [...line.matchAll(QUOTED)].map(([, english, german]) => english ?? german),
  );
  const whole = orders.filter((order): order is string => order !== undefined && !order.includes("…"));
  return [...new Set(whole)].slice(0, MAX_ORDERS);
}
