// The genuine Better Auth and this server on one database: what one made, the other uses, in both directions. Started by
// scripts/better-auth.sh with FIRST naming who makes the signing key; `other` is then the one that finds it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { betterAuth } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import { createRemoteJWKSet, jwtVerify } from "jose";
import pg from "pg";

const { BASE_URL, DATABASE_URL, SECRET, FIRST } = process.env;
const password = "correct horse battery", changed = "another good password";
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
const auth = betterAuth({
  baseURL: BASE_URL,
  secret: SECRET,
  database: pool,
  emailAndPassword: { enabled: true },
  plugins: [jwt()],
  rateLimit: { enabled: true, storage: "database" },
  telemetry: { enabled: false },
});
const server = createServer(toNodeHandler(auth));
const servers = { ours: BASE_URL };

before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  servers.genuine = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server.close();
  await pool.end();
});

let clients = 0;

// Each request is another client's, so that the limits of both servers, which count together, are not in the way.
async function call(at, path, { cookie, body, client = `203.0.113.${++clients}` } = {}) {
  const headers = { origin: BASE_URL, "x-forwarded-for": client, ...(cookie && { cookie }), ...(body && { "content-type": "application/json" }) };
  const response = await fetch(`${servers[at]}/api/auth${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  const set = response.headers.getSetCookie().map((line) => line.split(";")[0]).find((pair) => pair.includes("session_token="));
  return { status: response.status, json: text && JSON.parse(text), cookie: set };
}

async function signedUp(at, name) {
  const email = `${name}-${at}@example.com`;
  const response = await call(at, "/sign-up/email", { body: { name, email, password } });
  assert.equal(response.status, 200, JSON.stringify(response.json));
  return { email, cookie: response.cookie, id: response.json.user.id };
}

const first = FIRST, second = FIRST === "ours" ? "genuine" : "ours";

test(`a key of ${first} signs for both, and a token of either opens the API`, async () => {
  const kids = [];
  for (const at of [first, second]) {
    const user = await signedUp(at, "key");
    const { json } = await call(at, "/token", { cookie: user.cookie });
    const { protectedHeader, payload } = await jwtVerify(json.token, createRemoteJWKSet(new URL(`${servers[second]}/api/auth/jwks`)), { issuer: BASE_URL, audience: BASE_URL });
    assert.equal(payload.sub, user.id);
    kids.push(protectedHeader.kid);
    const tasks = await fetch(`${BASE_URL}/api/${user.id}/tasks`, { headers: { authorization: `Bearer ${json.token}` } });
    assert.equal(tasks.status, 200);
  }
  assert.equal(kids[0], kids[1]);
  assert.equal((await pool.query("select count(*)::int from jwks")).rows[0].count, 1);
});

for (const [maker, user] of [["ours", "genuine"], ["genuine", "ours"]]) {
  test(`a user and a session of ${maker} are also good at ${user}`, async () => {
    const made = await signedUp(maker, "ann");
    const session = (at) => call(at, "/get-session", { cookie: made.cookie });
    const [there, here] = [(await session(maker)).json, (await session(user)).json];
    assert.deepEqual(here, there, "both response the same session and user");

    const again = await call(user, "/sign-in/email", { body: { email: made.email, password } });
    assert.equal(again.status, 200);
    assert.deepEqual(again.json.user, there.user);
    const listed = await call(user, "/list-sessions", { cookie: made.cookie });
    assert.equal(listed.json.length, 2);

    assert.equal((await call(user, "/update-user", { cookie: made.cookie, body: { name: "Ann II" } })).status, 200);
    assert.equal((await session(maker)).json.user.name, "Ann II");
    const change = { currentPassword: password, newPassword: changed };
    assert.equal((await call(user, "/change-password", { cookie: made.cookie, body: change })).status, 200);
    assert.equal((await call(maker, "/sign-in/email", { body: { email: made.email, password: changed } })).status, 200);
    assert.equal((await call(maker, "/sign-in/email", { body: { email: made.email, password } })).status, 401);

    await call(user, "/revoke-sessions", { cookie: made.cookie, body: {} });
    assert.equal((await session(maker)).json, null, "what one ends is over at the other");
    const taken = await call(user, "/sign-up/email", { body: { name: "x", email: made.email.toUpperCase(), password } });
    assert.equal(taken.json.code, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL");
  });
}

test("both count requests in one table", async () => {
  const client = "198.51.100.1";
  const counts = async () => (await pool.query(`select "count" as n from "rateLimit" where "key" = $1`, [`${client}|/ok`])).rows[0].n;
  await call("genuine", "/ok", { client });
  await call("ours", "/ok", { client });
  assert.equal(await counts(), 2);
});
