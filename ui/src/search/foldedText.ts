// Text as a search compares it. The same rules as crates/folded-text; tests/fixtures/folding.json tests both.

// The marks that are dropped: of Latin, Greek and Cyrillic, then of Hebrew, then of Arabic.
const MARKS = [
  "0300-036f 0483-0489 1ab0-1aff 1dc0-1dff 20d0-20ff 2de0-2dff a66f-a672 a674-a67d a69e-a69f fe20-fe2f",
  "0591-05bd 05bf-05bf 05c1-05c2 05c4-05c5 05c7-05c7 fb1e-fb1e",
  "0610-061a 0640-0640 064b-065f 0670-0670 06d6-06dc 06df-06e4 06e7-06e8 06ea-06ed 0898-089f 08ca-08e1 08e3-08ff",
].join(" ");
// Also the invisible characters, as crates/visible-text lists them.
const DROPPED = `[\\p{DI}\\p{NChar}\ufff9-\ufffb${MARKS.replace(/ /g, "").replace(/[0-9a-f]{4}/g, "\\u$&")}]`;
let dropped: RegExp | null = null;
const SIGN_SETS = [
  ["'", "`´‘’‚‛‹›′ʹʻʼʽˈʾʿ"],
  ['"', "“”„‟«»″〝〞〟"],
  ["-", "‐‑‒–—―−"],
  [" ", "\u2028\u2029"],
  ["/", "⁄"],
] as const;
/** What is more than a letter of English, a digit or one of the plain signs. */
const OTHER = /[^ -_a-z]/;
const EACH_OTHER = new RegExp(OTHER, "g");
const SIGNS = new Map(SIGN_SETS.flatMap(([plain, signs]) => [...signs].map((sign) => [sign, plain])));
const LETTERS = new Map(
  ["ßss", "æae", "œoe", "øo", "łl", "đd", "ðd", "ħh", "ŧt", "þth", "ıi", "ςσ", "ևեւ"].map((pair) => [
    pair.slice(0, 1),
    pair.slice(1),
  ]),
);

/** Without case, marks, width and typography. */
export function foldedText(text: string): string {
  if (!OTHER.test(text)) return text.toLowerCase();
  dropped ??= new RegExp(DROPPED, "gu");
  const bare = replaced(replaced(text, SIGNS).normalize("NFKD").replace(dropped, ""), SIGNS);
  return replaced(bare.toLowerCase(), LETTERS).normalize("NFC");
}

function replaced(text: string, plain: ReadonlyMap<string, string>): string {
  return text.replace(EACH_OTHER, (c) => plain.get(c) ?? c);
}

/** Whether a task with this number is found: by all words, `#3` by its number, a word of digits where a word begins so. */
export function searchFinds(query: string): (id: number | null, folded: string) => boolean {
  const terms = foldedText(query)
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(findTerm);
  return (id, folded) => terms.every((finds) => finds(id, folded));
}

function findTerm(word: string): (id: number | null, folded: string) => boolean {
  if (/^#\d+$/.test(word)) return (id) => id === Number(word.slice(1));
  if (!/^\d/.test(word)) return (_, folded) => folded.includes(word);
  const start = new RegExp(`(?<![\\p{Alphabetic}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`, "u");
  return (_, folded) => start.test(folded);
}
