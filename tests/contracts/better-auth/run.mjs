// Replays recordings of the genuine Better Auth against a fresh app and names every step whose response differs.
//   node run.mjs RECORDER SUITE      RECORDER: the folder with record.mjs and transcripts/; started by scripts/better-auth.sh
// BASE_URL is where the app listens, PUBLIC_URL what it takes for its address, DATABASE_URL its database, SECRET its secret.
// What differs on purpose is in deviations.json, with its reason; a reason without a difference is a failure as well.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [recorder, suite] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const { BASE_URL, PUBLIC_URL = BASE_URL, DATABASE_URL, SECRET, IDTOKEN_URL } = process.env;
const OUTBOX_URL = process.env.OUTBOX === "own" ? `${BASE_URL}/api/auth/outbox` : process.env.OUTBOX_URL;

// The genuine server was recorded with a scope of its own for the MCP server, where this one has two.
const inOurScopes = (text) =>
  text.replaceAll('"mcp:tools"]', '"tasks:read","tasks:write"]').replaceAll("mcp:tools", "tasks:read tasks:write").replaceAll("mcp%3Atools", "tasks%3Aread+tasks%3Awrite");

// The recorder proves an address in the database; here that leaves the password unproved, and Google would drop it.
const VERIFIED = 'update "user" set "emailVerified"=true where email=$1';
const PROVED = `with proved as (insert into todo.proved_password (account_id) select a.id from account a join "user" u on u.id = a."userId" where u.email = $1) ${VERIFIED}`;

function record() {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  try {
    cpSync(join(recorder, "lib-record.mjs"), join(folder, "lib-record.mjs"));
    writeFileSync(join(folder, "record.mjs"), inOurScopes(readFileSync(join(recorder, "record.mjs"), "utf8")).replaceAll(VERIFIED, PROVED));
    symlinkSync(join(here, "../../node_modules"), join(folder, "node_modules"));
    const options = ["--suite", suite.replace(/db$/, ""), "--base", PUBLIC_URL, "--connect", BASE_URL, "--secret", SECRET, "--out", join(folder, "mine")];
    options.push("--pg", DATABASE_URL);
    if (OUTBOX_URL) options.push("--outbox", OUTBOX_URL);
    if (IDTOKEN_URL) options.push("--idtoken", IDTOKEN_URL);
    execFileSync("node", ["record.mjs", ...options], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    return JSON.parse(readFileSync(join(folder, "mine.norm.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted)
  : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
  : value;

// Random texts are numbered anew in each step: a step more or less does not make all that follow different.
// The recorder takes letters without a digit for a word, which one reset token in seventy is, and one hash in 1,500.
function renumbered(text) {
  const seen = [];
  const named = text
    .replace(/(reset-password[:/]|"token":"|[?&]token=)[A-Za-z]{24}(?![A-Za-z0-9])/g, "$1<r24#0>")
    .replace(/(?<![\w%-])(?=[a-z_-]*[A-Z])[A-Za-z_-]{43}(?![\w%=-])/g, "<b64u43>");
  return named.replace(/<(r\d+)#(\d+)>/g, (whole, kind) => {
    if (!seen.includes(whole)) seen.push(whole);
    return `<${kind}#${seen.indexOf(whole) + 1}>`;
  });
}

// The id of a request is this app's own, and the genuine server sends in chunks what this one tells the length of.
function comparable(note) {
  return note?.headers ? { ...note, headers: note.headers.filter(([name]) => !["x-request-id", "content-length"].includes(name)) } : note;
}

// A busy machine lets a few seconds of a wait pass before it responds.
const within = (name, value) => (name === "x-retry-after" ? `within ${Math.ceil(value / 5) * 5}` : value);

function view(step) {
  if (!step) return "missing";
  if (step.note !== undefined) return renumbered(JSON.stringify(sorted(comparable(step.note))));
  const { status, headers, body } = step.response;
  const lines = headers.map(([name, value]) => `${name}: ${typeof value === "string" ? within(name, value) : JSON.stringify(sorted(value))}`);
  const cookies = lines.filter((line) => line.startsWith("set-cookie"));
  // The genuine server leaves it to others to let scripts of other sites read what is public.
  const others = lines.filter((line) => !line.startsWith("set-cookie") && line !== "access-control-allow-origin: *").sort();
  return renumbered([status, ...others, ...cookies, JSON.stringify(sorted(body))].join("\n    "));
}

const compact = (text) => inOurScopes(JSON.stringify(JSON.parse(text)));
const genuine = JSON.parse(compact(readFileSync(join(recorder, `transcripts/${suite}.norm.json`), "utf8")));
const ours = new Map();
for (const step of record()) ours.set(step.name, [...(ours.get(step.name) ?? []), step]);

const reasons = JSON.parse(readFileSync(join(here, "deviations.json"), "utf8"))[suite] ?? {};
const unused = new Set(Object.keys(reasons));
let failures = 0;
for (const step of genuine) {
  const [theirs, mine] = [view(step), view(ours.get(step.name)?.shift())];
  if (theirs === mine) continue;
  unused.delete(step.name);
  if (reasons[step.name]) continue;
  failures += 1;
  console.log(`${suite}: ${step.name}\n  genuine\n    ${theirs}\n  this one\n    ${mine}`);
}
for (const name of unused) {
  failures += 1;
  console.log(`${suite}: ${name} is listed as a deviation and is none`);
}
console.log(`${suite}: ${genuine.length} steps, ${Object.keys(reasons).length} deviate on purpose, ${failures} failures`);
process.exit(failures ? 1 : 0);
