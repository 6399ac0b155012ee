// Whether the pictures of README.md show the page as it is: beside them stands what the page was made of when they were drawn.
// Run by itself it fails when the page was changed since, or when a picture is too large. With `--keep` it notes that somebody
// looked and that the pictures are still right.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const pictures = `${root}docs/pictures/`;
const kept = `${pictures}page.sha256`;
const MOST_BYTES = 200_000;

/** What the page looks like depends on these, and not on its tests and the types of the API. */
function sources() {
  const drawn = readdirSync(`${root}ui/src`, { recursive: true }).filter((name) => /\.(tsx?|css)$/.test(name) && !/\.test\.ts$|^api\/openapi\.ts$/.test(name));
  return ["ui/index.html", "ui/package-lock.json", "ui/public/favicon.svg", ...drawn.map((name) => `ui/src/${name}`).sort()];
}

function pageHash() {
  const hash = createHash("sha256");
  for (const name of sources()) hash.update(`${name}\n`).update(readFileSync(root + name));
  return `${hash.digest("hex")}\n`;
}

export function keepAge() {
  writeFileSync(kept, pageHash());
}

function faults() {
  const large = readdirSync(pictures).filter((name) => statSync(pictures + name).size > MOST_BYTES);
  return [
    ...(readFileSync(kept, "utf8") === pageHash() ? [] : ["The page was changed after the pictures in docs/pictures were drawn: run `make screenshots` and look at them."]),
    ...large.map((name) => `docs/pictures/${name} is larger than ${MOST_BYTES / 1000} KB.`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--keep")) keepAge();
  for (const fault of faults()) {
    console.error(fault);
    process.exitCode = 1;
  }
}
