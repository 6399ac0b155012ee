// Sends each utterance of utterances.json to the assistant, and compares the task list afterwards, and the response where a case
// names one, with what a user expects. What changes although it should not is a wrong effect and is counted apart. Prints
// both, calls and tokens per turn. Fails below MIN_ACCURACY (percent) and above MAX_WRONG (wrong effects).
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { judge, toTask } from './judge.mjs';

const WORKERS = 4; // each with a user of its own
const base = process.env.BASE_URL;
const { lists, cases } = JSON.parse(await readFile(new URL('utterances.json', import.meta.url)));

async function fetchJson(path, options = {}) {
  const response = await fetch(base + path, options);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

const post = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json', origin: base }, body: JSON.stringify(body) });

// A client of a new user. Access tokens last 15 minutes, so a token is fetched anew before that.
async function signUp(name) {
  const { headers, body: { user } } = await fetchJson('/api/auth/sign-up/email', post({ name, email: `${name}@example.com`, password: 'correct horse battery' }));
  const cookie = headers.get('set-cookie').split(';')[0];
  let token;
  let until = 0;
  const call = async (method, path, body, language = 'en') => {
    if (Date.now() > until) {
      ({ body: { token } } = await fetchJson('/api/auth/token', { headers: { cookie } }));
      until = Date.now() + 600_000;
    }
    const requestHeaders = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'accept-language': language };
    return fetchJson(`/api/${user.id}${path}`, { method, headers: requestHeaders, body: body && JSON.stringify(body) });
  };
  await call('PATCH', '/settings', { time_zone: 'Europe/Berlin' });
  return call;
}

// Replaces the task list and returns the numbers of the new tasks, in order.
async function replaceList(api, titles) {
  for (const task of (await api('GET', '/tasks?limit=100')).body) await api('DELETE', `/tasks/${task.id}`);
  const ids = [];
  for (const { completed, ...members } of titles.map(toTask)) {
    const task = (await api('POST', '/tasks', members)).body;
    if (completed) await api('PATCH', `/tasks/${task.id}/complete`);
    ids.push(task.id);
  }
  return ids;
}

const totals = { right: 0, missed: 0, wrong: 0, turns: 0, calls: 0 };

async function run(api, utterance) {
  const titles = Array.isArray(utterance.tasks) ? utterance.tasks : lists[utterance.tasks ?? 'six'];
  const ids = await replaceList(api, titles);
  // Numbers of tasks are never used twice, so {1} in an utterance stands for the number of the first task.
  const withNumbers = (text) => text.replace(/\{(\d)\}/g, (_, n) => ids[n - 1]);
  let conversation;
  let response = '';
  for (const say of [utterance.say].flat()) {
    const message = { message: withNumbers(say), conversation_id: conversation, time_zone: 'Europe/Berlin' };
    const { status, body } = await api('POST', '/chat', message, utterance.language);
    totals.turns += 1;
    if (status !== 200) {
      response = `HTTP ${status}: ${body?.detail}`;
      break;
    }
    conversation = body.conversation_id;
    totals.calls += body.tool_calls.length;
    response = body.response;
  }
  const after = (await api('GET', '/tasks?limit=100')).body;
  const verdict = judge(utterance, { titles, ids, after, response, withNumbers });
  totals[verdict] += 1;
  if (verdict !== 'right') {
    const shown = after.map((task) => `${task.completed ? '✓ ' : ''}#${task.id} ${task.title}`);
    console.log(`${verdict}: ${[utterance.say].flat().join(' / ')}\n    list: ${JSON.stringify(shown)}\n    response: ${JSON.stringify(response)}`);
  }
}

const queue = cases.values();
await Promise.all(Array.from({ length: WORKERS }, async (_, worker) => {
  const api = await signUp(`eva${worker}`);
  for (const utterance of queue) await run(api, utterance);
}));

const database = new pg.Client(process.env.DATABASE_URL);
await database.connect();
const { rows: [{ tokens }] } = await database.query('select coalesce(sum(prompt + answer + thought), 0)::float as tokens from todo.token_usage');
await database.end();
const accuracy = (100 * totals.right) / cases.length;
console.log(`${totals.right} of ${cases.length} utterances as expected (${accuracy.toFixed(1)} %), ${totals.wrong} wrong effects, ` +
  `${(totals.calls / totals.turns).toFixed(2)} calls per turn, ${Math.round(tokens / totals.turns)} tokens per turn`);
if (accuracy < Number(process.env.MIN_ACCURACY ?? 0) || totals.wrong > Number(process.env.MAX_WRONG ?? Infinity)) process.exit(1);
