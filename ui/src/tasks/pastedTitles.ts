// The tasks in a pasted text. Pure.

/** The most tasks that are added in one act. */
export const MAX_PASTED = 100;

/** One title a line, without the marks of lists and boxes; a tab is a space. */
export function pastedTitles(text: string): string[] {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) =>
      line
        .replace(/\t/g, " ")
        .replace(/^\s*(?:[-*+•–]|\d{1,3}[.)])\s+/, "")
        .replace(/^\s*\[[ xX]?\]\s+/, "")
        .trim(),
    )
    .filter((title) => title !== "");
}
