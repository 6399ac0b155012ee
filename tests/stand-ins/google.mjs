// A stand-in for Google's sign-in, with keys of its own for each run. `node google.mjs PORT` (0: any free one) prints its
// origin, and ends when its standard input does.
//   GET  /o/oauth2/v2/auth   sends the browser straight back; `login_hint` may hold a code (below), else it is somebody new
//   POST /token              a code is base64url of JSON: the claims of the id token, and what the response should be like:
//                            {sub, email, email_verified, name, picture, …} and _status, _no_id_token, _no_refresh, _expires_in
//   GET  /oauth2/v3/certs    the certificates
//   POST /_id_token          signs the posted claims, for tests that bring id tokens; `_kid`, `_alg` and `_key: "foreign"` spoil it
//   POST /_rotate            new keys; the old ones are gone
//   GET  /_log               the requests to /token and the number of those to /certs
import http from "node:http";
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const clientId = process.env.GOOGLE_CLIENT_ID || "fake-google-client-id";
const log = { token: [], certs: 0 };
const challenges = new Map();
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const newKey = () => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }), kid: randomBytes(8).toString("hex") });
const foreign = newKey();
let key = newKey();

const jwk = () => ({ ...key.publicKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: "RS256" });

function idToken({ _kid = key.kid, _alg = "RS256", _key, ...claims }) {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: "https://accounts.google.com", aud: clientId, azp: clientId, iat: now, exp: now + 3600, ...claims };
  const signed = `${encode({ alg: _alg, kid: _kid, typ: "JWT" })}.${encode(all)}`;
  const bytes = Buffer.from(signed);
  const signature =
    _alg === "none" ? Buffer.alloc(0)
    : _alg === "HS256" ? createHmac("sha256", key.publicKey.export({ format: "pem", type: "spki" })).update(bytes).digest()
    : sign("sha256", bytes, (_key === "foreign" ? foreign : key).privateKey);
  return `${signed}.${signature.toString("base64url")}`;
}

// Google's page: agrees at once.
function authorize(query) {
  const somebody = { sub: randomBytes(8).toString("hex"), email: `${randomBytes(6).toString("hex")}@example.com`, email_verified: true, name: "Gina Lollo" };
  const hint = query.get("login_hint");
  const code = hint && !hint.includes("@") ? hint : encode(somebody);
  challenges.set(code, query.get("code_challenge"));
  const back = new URL(query.get("redirect_uri"));
  back.searchParams.set("state", query.get("state"));
  back.searchParams.set("code", code);
  back.searchParams.set("scope", query.get("scope"));
  return [302, null, { location: back.href }];
}

function token(text) {
  const form = Object.fromEntries(new URLSearchParams(text));
  log.token.push(form);
  const refuse = (error) => [400, { error }];
  if (form.client_id !== clientId || !form.client_secret) return [401, { error: "invalid_client" }];
  const tokens = { access_token: `ya29.${randomBytes(8).toString("hex")}`, expires_in: 3599, scope: "openid email profile", token_type: "Bearer" };
  if (form.grant_type === "refresh_token") {
    if (!form.refresh_token.startsWith("1//")) return refuse("invalid_grant");
    return [200, tokens];
  }
  let persona;
  try {
    persona = JSON.parse(Buffer.from(form.code, "base64url").toString());
  } catch {
    return refuse("invalid_grant");
  }
  const challenge = createHash("sha256").update(form.code_verifier ?? "").digest("base64url");
  if (challenges.has(form.code) && challenges.get(form.code) !== challenge) return refuse("invalid_grant");
  const { _status, _no_id_token, _no_refresh, _expires_in, ...claims } = persona;
  if (_status) return [_status, { error: "invalid_grant" }, { location: "/elsewhere" }];
  if (_expires_in) tokens.expires_in = _expires_in;
  if (!_no_refresh) tokens.refresh_token = `1//${claims.sub}`;
  if (!_no_id_token) tokens.id_token = idToken(claims);
  return [200, tokens];
}

function answer(method, url, text) {
  switch (`${method} ${url.pathname}`) {
    case "GET /o/oauth2/v2/auth": return authorize(url.searchParams);
    case "POST /token": return token(text);
    case "GET /oauth2/v3/certs": log.certs += 1; return [200, { keys: [jwk()] }, { "cache-control": "public, max-age=3600" }];
    case "POST /_id_token": return [200, { id_token: idToken(JSON.parse(text)) }];
    case "POST /_rotate": key = newKey(); return [200, {}];
    case "GET /_log": return [200, log];
    default: return [404, { error: "not_found" }];
  }
}

const server = http.createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => (text += chunk));
  request.on("end", () => {
    const [status, body, headers = {}] = answer(request.method, new URL(request.url, "http://localhost"), text);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === null ? "" : JSON.stringify(body));
  });
});
process.stdin.resume().on("end", () => process.exit());
server.listen(Number(process.argv[2] || 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
