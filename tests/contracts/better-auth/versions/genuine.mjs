// A genuine Better Auth server of one version on a database, called without HTTP. Versions are packages under other names (package.json).
// What a server has beside its core is one of EXTRAS.
import pg from "pg";

export const password = "correct horse battery";
// The public address of both servers, which stands in old tokens.
export const BASE = "http://localhost:3000";

const load = (name) => import(name).catch((error) => { if (error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return {}; throw error; });

const EXTRAS = {
  async plugins() {
    const [{ oauthProvider }, { apiKey }] = [await import("@better-auth/oauth-provider"), await import("@better-auth/api-key")];
    return { plugins: [oauthProvider({ loginPage: "/sign-in", consentPage: "/consent", silenceWarnings: { oauthAuthServerConfig: true } }), apiKey()] };
  },
  uuid_ids: () => ({ advanced: { database: { generateId: "uuid" } } }),
};

export async function genuine(version, url, secret, extra) {
  const name = version === "1.7.5" ? "better-auth" : `better-auth-${version}`;
  const { plugins = [], ...more } = extra ? await EXTRAS[extra]() : {};
  const [{ betterAuth }, { admin, jwt, twoFactor }] = [await import(name), await import(`${name}/plugins`)];
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const options = {
    baseURL: BASE,
    secret,
    database: pool,
    emailAndPassword: { enabled: true },
    plugins: [jwt(), admin(), twoFactor(), ...plugins],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "warn" },
    ...more,
  };
  let auth;
  return {
    // What `npx @better-auth/cli migrate` does.
    async migrate() {
      const { getMigrations } = { ...(await load(`${name}/db/migration`)), ...(await load(`${name}/db`)) };
      await (await getMigrations(options)).runMigrations();
    },
    async send(request) {
      auth ??= betterAuth(options);
      return auth.handler(request);
    },
    browser() {
      return new Browser((path, init) => this.send(new Request(`${BASE}/api/auth${path}`, init)), BASE);
    },
    query: (sql, values) => pool.query(sql, values),
    end: () => pool.end(),
  };
}

// Keeps the cookies that it is given.
export class Browser {
  cookies = new Map();

  constructor(send, origin) {
    [this.send, this.origin] = [send, origin];
  }

  async call(path, body) {
    const headers = { origin: this.origin, ...(body && { "content-type": "application/json" }) };
    if (this.cookies.size) headers.cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    const response = await this.send(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value && !/max-age=0/i.test(line)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const text = await response.text();
    return { status: response.status, json: text && JSON.parse(text) };
  }

  signIn = (email) => this.call("/sign-in/email", { email, password });
  me = async () => (await this.call("/get-session")).json?.user?.email;
}
