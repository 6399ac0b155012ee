// Makes a database as the replaced stack left it: tables and users of a genuine Better Auth server of one version, tasks and chats of the
// Python service beside them. Prints what the test needs to know. Usage: node make.mjs VERSION SHAPE [EXTRA], with TEST_DATABASE_URL and SECRET.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { code } from "../../../stand-ins/authenticator.mjs";
import { genuine, password } from "./genuine.mjs";

const [version, shape, extra] = process.argv.slice(2);
const name = `moved_in_${version.replace(/\W/g, "_")}_${process.pid}`;
const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
await admin.connect();
await admin.query(`create database ${name}`);
await admin.end();
const url = process.env.TEST_DATABASE_URL.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);

const server = await genuine(version, url, process.env.SECRET, extra);
await server.migrate();

async function signUp(name) {
  const browser = server.browser();
  const email = `${name}@example.com`;
  const { status, json } = await browser.call("/sign-up/email", { name, email, password });
  assert.equal(status, 200, JSON.stringify(json));
  return { browser, email, id: json.user.id };
}

const users = { ann: await signUp("ann"), bob: await signUp("bob"), carl: await signUp("carl") };
const token = await users.ann.browser.call("/token");
const set = await users.ann.browser.call("/two-factor/enable", { password });
assert.equal(set.status, 200, JSON.stringify(set.json));
const confirmed = await users.ann.browser.call("/two-factor/verify-totp", { code: code(set.json.totpURI) });
assert.equal(confirmed.status, 200, JSON.stringify(confirmed.json));
await server.query(`update "user" set "banned" = true where "id" = $1`, [users.carl.id]);
if (extra === "plugins") {
  const made = await users.bob.browser.call("/api-key/create", { name: "Script" });
  assert.equal(made.status, 200, JSON.stringify(made.json));
}

const tables = await readFile(new URL(`../../../fixtures/predecessor/${shape}.sql`, import.meta.url), "utf8");
await server.query(tables.replaceAll("ANN", users.ann.id).replaceAll("BOB", users.bob.id));
if (extra === "uuid_ids") await server.query(await readFile(new URL("../../../../scripts/better-auth-tables.sql", import.meta.url), "utf8"));
await server.end();

const kept = ({ browser, email, id }) => ({ email, id, cookies: [...browser.cookies] });
const state = { version, shape, extra, url, token: token.json.token, totpURI: set.json.totpURI, backupCodes: set.json.backupCodes };
console.log(JSON.stringify({ ...state, users: { ann: kept(users.ann), bob: kept(users.bob), carl: kept(users.carl) } }));
