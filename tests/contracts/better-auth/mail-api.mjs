// Stands in for the API that sends mails: POST /emails takes one, GET /outbox tells them in the recorder's shape. A mail
// leaves after the response to the request that caused it, so whoever asks before the first one waits for it.
//   node mail-api.mjs PORT KEY
import { createServer } from "node:http";

const [port, key] = process.argv.slice(2);
const mails = [];
let arrived;
const first = new Promise((resolve) => { arrived = resolve; });

function received({ from, to, subject, text, tags }) {
  const url = /^https?:\S+$/m.exec(text)?.[0];
  if (!from || !subject || !url || to?.length !== 1) return 422;
  const token = new URL(url).searchParams.get("token") ?? new URL(url).pathname.split("/").at(-1);
  const type = tags.find((tag) => tag.name === "type").value;
  mails.push({ type: type === "change-email-verify" ? "verify-email" : type, to: to[0], url, token });
  arrived();
  return 200;
}

createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.method === "GET" && request.url === "/outbox") {
    const impatience = new Promise((resolve) => setTimeout(resolve, 30_000).unref());
    await Promise.race([first, impatience]);
    return answer(200, mails);
  }
  if (request.headers.authorization !== `Bearer ${key}`) return answer(401, { message: "API key is invalid" });
  let body = "";
  for await (const chunk of request) body += chunk;
  answer(request.method === "POST" && request.url === "/emails" ? received(JSON.parse(body)) : 404, { id: "1" });
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
