// The app under test, and a new user of it for each test.
import { randomBytes } from "node:crypto";

export const base = process.env.BASE_URL;
if (!base) throw new Error("BASE_URL is not set: run `scripts/test.sh mcp_clients`, or name a running app by it.");
export const endpoint = `${base}/mcp`;

/** Signs a new user up: {token}, an access token, and `send`, which asks REST for JSON as that user. */
export async function signUp() {
  const email = `mia-${randomBytes(6).toString("hex")}@example.com`;
  const signedUp = await fetch(`${base}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify({ name: "Mia", email, password: "correct horse battery" }),
  });
  if (signedUp.status !== 200) throw new Error(`sign-up: ${signedUp.status} ${await signedUp.text()}`);
  const { user } = await signedUp.json();
  const cookie = signedUp.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const { token } = await (await fetch(`${base}/api/auth/token`, { headers: { cookie } })).json();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = async (path, options) => {
    const response = await fetch(`${base}/api/${user.id}${path}`, { headers, ...options });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return { token, send };
}

/** The access token of a new user. */
export const newToken = async () => (await signUp()).token;
