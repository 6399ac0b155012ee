// This app on a database that make.mjs made: everybody is there with what they had. Afterwards the genuine server goes on, on the same
// database. Started by scripts/better-auth.sh with OLD, what make.mjs printed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { code } from "../../../stand-ins/authenticator.mjs";
import { BASE, Browser, genuine, password } from "./genuine.mjs";

const { BASE_URL, SECRET } = process.env;
const old = JSON.parse(process.env.OLD);
const { ann, bob, carl } = old.users;
const TASKS = { serial: ["Buy milk", "Write to mum"], uuid: ["First by time", "Second by time"], later_phases: ["Water the plants", "Pay the rent"], tag_tables: ["Call the bank", "Read"] };
const CHATS = { serial: "I added", uuid: "Hello, Ann." };
let server;

before(async () => {
  server = await genuine(old.version, old.url, SECRET, old.extra);
});
after(() => server.end());

function browser(cookies = []) {
  const made = new Browser((path, init) => fetch(`${BASE_URL}/api/auth${path}`, { ...init, redirect: "manual" }), BASE);
  made.cookies = new Map(cookies);
  return made;
}

async function api(user, token, method, path, body) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
  const response = await fetch(`${BASE_URL}${path.replace("{user}", user.id)}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
  return response.json();
}

test("the old cookie and the password open the session, and a banned user stays out", async () => {
  assert.equal(await browser(bob.cookies).me(), bob.email);
  const signedIn = browser();
  assert.ok((await signedIn.signIn(bob.email)).json.token);
  assert.equal(await signedIn.me(), bob.email);
  assert.equal(await browser(carl.cookies).me(), undefined);
  assert.equal((await browser().signIn(carl.email)).json.code, "BANNED_USER");
});

test("the second factor of the genuine server is asked for and taken", async () => {
  assert.equal(await browser(ann.cookies).me(), ann.email);
  const signedIn = browser();
  const asked = await signedIn.signIn(ann.email);
  assert.deepEqual(asked.json, { twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  assert.equal((await signedIn.call("/two-factor/verify-totp", { code: "000000" })).json.code, "INVALID_CODE");
  const passed = await signedIn.call("/two-factor/verify-totp", { code: code(old.totpURI), trustDevice: true });
  assert.equal(passed.status, 200, JSON.stringify(passed.json));
  assert.equal(await signedIn.me(), ann.email);
  assert.ok((await signedIn.signIn(ann.email)).json.token, "the device is trusted");

  const other = browser();
  await other.signIn(ann.email);
  assert.equal((await other.call("/two-factor/verify-backup-code", { code: old.backupCodes[0] })).status, 200);
  assert.equal(await other.me(), ann.email);
});

test("the old tasks are there by REST, by MCP and in the chat", async () => {
  const { token } = (await browser(ann.cookies).call("/token")).json;
  for (const each of [token, old.token]) {
    const tasks = await api(ann, each, "GET", "/api/{user}/tasks");
    for (const title of TASKS[old.shape]) assert.ok(tasks.some((task) => task.title === title), title);
  }
  const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "list_tasks", arguments: {} } };
  const listed = JSON.stringify(await api(ann, token, "POST", "/mcp", call));
  const { response, conversation_id } = await api(ann, token, "POST", "/api/{user}/chat", { message: "show my tasks" });
  const [title] = TASKS[old.shape].filter((each) => each !== "First by time");
  assert.ok(listed.includes(title) && response.includes(title), `${listed} ${response}`);
  const conversations = await api(ann, token, "GET", "/api/{user}/conversations");
  const texts = await Promise.all(conversations.map(({ id }) => api(ann, token, "GET", `/api/{user}/conversations/${id}`)));
  if (CHATS[old.shape]) assert.ok(JSON.stringify(texts).includes(CHATS[old.shape]));
  assert.ok(conversation_id);
});

test("the genuine server goes on, on the same database", async () => {
  const ours = browser();
  await ours.signIn(bob.email);
  const theirs = server.browser();
  theirs.cookies = new Map(ours.cookies);
  assert.equal(await theirs.me(), bob.email, "a session of this app");
  assert.equal((await theirs.call("/token")).status, 200);
  if (old.extra === "plugins") assert.ok(JSON.stringify((await theirs.call("/api-key/list")).json).includes("Script"));

  const fresh = browser();
  const email = "dora@example.com";
  assert.equal((await fresh.call("/sign-up/email", { name: "Dora", email, password })).status, 200);
  const inherited = await server.browser().signIn(email);
  assert.ok(inherited.json.token, `a user of this app: ${JSON.stringify(inherited)}`);

  const back = server.browser();
  assert.equal((await back.signIn(ann.email)).json.twoFactorRedirect, true);
  assert.equal((await back.call("/two-factor/verify-backup-code", { code: old.backupCodes[0] })).status, 401, "used at this app");
  assert.equal((await back.call("/two-factor/verify-backup-code", { code: old.backupCodes[1] })).status, 200);
  assert.equal(await back.me(), ann.email);
});

test("a second factor that was set up here is asked for and taken there", async () => {
  const here = browser();
  await here.signIn(bob.email);
  const set = await here.call("/two-factor/enable", { password });
  assert.equal(set.status, 200, JSON.stringify(set.json));
  assert.equal((await here.call("/two-factor/verify-totp", { code: code(set.json.totpURI) })).status, 200);
  const there = server.browser();
  assert.equal((await there.signIn(bob.email)).json.twoFactorRedirect, true);
  const passed = await there.call("/two-factor/verify-totp", { code: code(set.json.totpURI), trustDevice: true });
  assert.equal(passed.status, 200, JSON.stringify(passed.json));
  assert.equal(await there.me(), bob.email);
  assert.equal((await there.call("/two-factor/disable", { password })).status, 200);
  assert.ok((await browser().signIn(bob.email)).json.token, "switched off there, it is off here");
});
