// A user with a browser, as far as a login goes: signs up on the login page, consents, and returns to the client.
// As a program it is what other programs open addresses with: browser.js URL
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { base } from "./session.js";

/** Sends a request as a browser does when it goes to a page (or a page's script when there is a body). */
function send(url, { cookie, body } = {}) {
  const headers = { accept: body ? "application/json" : "text/html", ...(cookie && { cookie }) };
  if (body) Object.assign(headers, { "content-type": "application/json", origin: base });
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: body ? "POST" : "GET", headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}

async function post(path, body, cookie) {
  const { status, headers, text } = await send(`${base}${path}`, { body, cookie });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return { url: JSON.parse(text).url, cookie: headers["set-cookie"]?.map((line) => line.split(";")[0]).join("; ") };
}

/** From the client's authorization request to the address that it waits at. `scope` is what the user allows of it. */
export async function consent(authorization, { scope } = {}) {
  const first = await send(authorization);
  const login = new URL(first.headers.location, base);
  if (login.pathname !== "/sign-in") throw new Error(`not sent to the login page: ${first.status} ${login}`);
  const account = { name: "Mia", email: `mia-${randomBytes(6).toString("hex")}@example.com`, password: "correct horse battery" };
  const { url, cookie } = await post("/api/auth/sign-up/email", { ...account, oauth_query: login.search.slice(1) });
  const page = new URL(url, base);
  if (page.pathname !== "/consent") throw new Error(`not sent to the consent page: ${url}`);
  return (await post("/api/auth/oauth2/consent", { accept: true, scope, oauth_query: page.search.slice(1) }, cookie)).url;
}

// Some programs open the browser before they listen for it.
async function arrive(callback) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(callback);
    } catch (error) {
      if (error.code !== "ECONNREFUSED" || attempt === 60) throw error;
      await pause(500);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, text } = await arrive(await consent(process.argv[2]));
  if (status >= 400) throw new Error(`the client returned ${status}: ${text}`);
}
