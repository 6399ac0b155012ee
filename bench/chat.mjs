// For chat.sh: `model` serves a stand-in for Gemini, `measure` times turns and prints a table.
import http from 'node:http';
import os from 'node:os';

const turns = Number(process.env.TURNS ?? 300);
const { BASE_URL: base, MODEL_URL: model } = process.env;

function serve() {
  const event = (parts) => {
    const usage = { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 };
    const candidates = [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }];
    return `data: ${JSON.stringify({ candidates, usageMetadata: usage, modelVersion: 'stand-in' })}\r\n\r\n`;
  };
  const call = event([{ functionCall: { id: 'c1', name: 'add_task', args: { title: 'buy milk' } }, thoughtSignature: 'c2ln' }]);
  const words = event([{ text: 'Added "buy milk".' }]);
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(body.includes('"functionResponse"') ? words : call);
  });
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}

const agent = new http.Agent({ keepAlive: true });

/** Sends one request; returns its body and the milliseconds until the first byte, until a text in the body, and until the end. */
function send(url, headers, body, text = '\0') {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const since = () => performance.now() - began;
    const times = {};
    const request = http.request(url, { agent, method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json', ...headers } });
    request.on('error', reject);
    request.on('response', (response) => {
      let whole = '';
      response.on('data', (piece) => {
        times.first ??= since();
        whole += piece;
        if (whole.includes(text)) times.text ??= since();
      });
      response.on('end', () => {
        times.end = since();
        if (response.statusCode >= 300) reject(new Error(`${url}: ${response.statusCode} ${whole}`));
        else resolve({ times, body: whole, cookie: response.headers['set-cookie']?.[0].split(';')[0] });
      });
    });
    request.end(body && JSON.stringify(body));
  });
}

async function measure() {
  const account = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery' };
  const { body, cookie } = await send(`${base}/api/auth/sign-up/email`, { origin: base }, account);
  const id = JSON.parse(body).user.id;
  const token = async () => JSON.parse((await send(`${base}/api/auth/token`, { cookie })).body).token;
  const authorization = `Bearer ${await token()}`;
  const turn = (headers, text) => send(`${base}/api/${id}/chat`, { authorization, ...headers }, { message: 'add buy milk' }, text);
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'add_task', arguments: { title: 'buy milk' } } };
  const rows = [
    ['a turn, JSON', () => turn({}), 'end'],
    ['a turn, streamed: first byte', () => turn({ accept: 'text/event-stream' }), 'first'],
    ['a turn, streamed: the tool\'s result', () => turn({ accept: 'text/event-stream' }, 'tool-output-available'), 'text'],
    ['a turn, streamed: to its end', () => turn({ accept: 'text/event-stream' }), 'end'],
    ['of that: the stand-in, called twice', async () => {
      const [one, two] = [await send(model, {}, {}), await send(model, {}, {})];
      return { times: { end: one.times.end + two.times.end } };
    }, 'end'],
    ['for comparison: `tools/call` at `/mcp`', () => send(`${base}/mcp`, { authorization, accept: 'application/json, text/event-stream' }, call), 'end'],
  ];
  for (let n = 0; n < 30; n += 1) for (const [, run] of rows) await run();
  const measured = rows.map(() => []);
  for (let n = 0; n < turns; n += 1) {
    for (const [at, [name, run, what]] of rows.entries()) {
      const { times, body: text = '' } = await run();
      if (text.includes('"status":"failed"') || text.includes('"type":"error"')) throw new Error(`${name}: ${text}`);
      measured[at].push(times[what]);
    }
  }
  const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)].toFixed(1);
  const own = measured[0].map((turn, at) => turn - measured[4][at]);
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} cores shared with stand-in and PostgreSQL, load average ${load}; ${turns} turns of each, one at a time.\n`);
  console.log('| what | p50 ms | p95 ms | target |\n|---|---:|---:|---:|');
  rows.forEach(([name], at) => console.log(`| ${name} | ${quantile(measured[at], 0.5)} | ${quantile(measured[at], 0.95)} | |`));
  console.log(`| a turn, JSON, beside the model | ${quantile(own, 0.5)} | ${quantile(own, 0.95)} | p50 ≤ 6 |`);
  console.log();
  agent.destroy();
}

await (process.argv[2] === 'model' ? serve() : measure());
