// A stand-in for a push service and the browsers behind it. It checks the signature by jose and decrypts by http_ece, which other people wrote.
// `node push.mjs PORT` (0: any free one) prints its origin, and ends when its standard input does.
//   POST /_browser           a new browser: what PushSubscription.toJSON() gives there
//   POST /_behave            {endpoint, status, retryAfter, delay}: how the service responds from now on (201 at once without)
//   GET  /_messages          all messages so far, each {endpoint, topic, ttl, urgency, sub, payload}
//   POST /push/NUMBER        a message (RFC 8030, 8291, 8292); 400 with a reason for what a push service or a browser rejects
import http from "node:http";
import { createECDH, randomBytes } from "node:crypto";
import ece from "http_ece";
import { importJWK, jwtVerify } from "jose";

const browsers = new Map();
const messages = [];

function newBrowser() {
  const keys = createECDH("prime256v1");
  const endpoint = `${origin}/push/${browsers.size + 1}`;
  const auth = randomBytes(16);
  browsers.set(endpoint, { keys, auth, behaviour: {} });
  return { endpoint, expirationTime: null, keys: { p256dh: keys.generateKeys("base64url"), auth: auth.toString("base64url") } };
}

// The claims of a signature for this service (RFC 8292).
async function verify(header) {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header ?? "") ?? [];
  const point = Buffer.from(key ?? "", "base64url");
  if (point.length !== 65) throw new Error("the key is no point");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const jwk = await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256");
  const { payload } = await jwtVerify(token, jwk, { audience: origin, algorithms: ["ES256"] });
  if (!(payload.exp <= Date.now() / 1000 + 24 * 3600)) throw new Error("valid for more than a day");
  if (!/^(mailto:|https:)/.test(payload.sub)) throw new Error("no contact");
  return payload;
}

async function receive(endpoint, request, body) {
  const browser = browsers.get(endpoint);
  if (!browser) return [404];
  const { status = 201, retryAfter, delay = 0 } = browser.behaviour;
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  if (status < 300) {
    const { sub } = await verify(request.headers.authorization);
    if (request.headers["content-encoding"] !== "aes128gcm" || !/^\d+$/.test(request.headers.ttl)) throw new Error("headers");
    if (body.length > 4096) throw new Error("too long");
    const payload = ece.decrypt(body, { version: "aes128gcm", privateKey: browser.keys, authSecret: browser.auth });
    const { topic, ttl, urgency } = request.headers;
    messages.push({ endpoint, topic, ttl: Number(ttl), urgency, sub, payload: JSON.parse(payload) });
  }
  await new Promise((resolve) => setTimeout(resolve, delay));
  return [status, headers];
}

async function respond(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const json = (value) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
  if (request.url === "/_browser") return json(newBrowser());
  if (request.url === "/_messages") return json(messages);
  if (request.url === "/_behave") {
    const { endpoint, ...behaviour } = JSON.parse(body);
    browsers.get(endpoint).behaviour = behaviour;
    return json({});
  }
  const [status, headers] = await receive(`${origin}${request.url}`, request, body).catch((error) => {
    console.error("push:", error.message);
    return [400];
  });
  response.writeHead(status, headers).end();
}

let origin;
const server = http.createServer(respond);
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  origin = `http://127.0.0.1:${server.address().port}`;
  console.log(origin);
});
process.stdin.on("end", () => process.exit()).resume();
