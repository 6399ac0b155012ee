// What the cards of a message show already. Pure.

/** The most letters beside the task in a line that says no more than its card: a verb, marks, a full stop. */
const MAX_REST = 24;

/** The text without the lines that only name, with a verb, a task that a card shows ("Added #3 milk."). */
export function withoutRepeatedLines(text: string, subjects: readonly string[]): string {
  if (subjects.length === 0) return text;
  const known = subjects.map((subject) => subject.toLowerCase());
  const repeats = (line: string) => {
    const plain = line.replace(/[*"“”„]/g, "").toLowerCase();
    return known.some((subject) => plain.includes(subject) && plain.length - subject.length <= MAX_REST);
  };
  const lines = text.split("\n");
  const kept = lines.filter((line) => line.endsWith("?") || !repeats(line));
  return kept.length === lines.length ? text : kept.join("\n").trim();
}
