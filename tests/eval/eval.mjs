// Says each utterance of utterances.json to the assistant and compares the list afterwards (and, where it matters, the
// answer) with what a person would expect. Prints accuracy, calls and tokens a turn; fails below MIN_ACCURACY (percent).
import { readFile } from 'node:fs/promises';
import pg from 'pg';

const base = process.env.BASE_URL;
const cases = JSON.parse(await readFile(new URL('utterances.json', import.meta.url)));

async function fetchJson(path, options = {}) {
  const response = await fetch(base + path, options);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

const post = (body, headers = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: base, ...headers },
  body: JSON.stringify(body),
});

const signUp = await fetchJson('/api/auth/sign-up/email', post({ name: 'Eva', email: 'eva@example.com', password: 'correct horse battery' }));
const cookie = signUp.headers.get('set-cookie').split(';')[0];
const { body: { token } } = await fetchJson('/api/auth/token', { headers: { cookie } });
const home = `/api/${signUp.body.user.id}`;
const bearer = { authorization: `Bearer ${token}` };
const api = (method, path, body) =>
  fetchJson(home + path, { method, headers: { 'content-type': 'application/json', ...bearer }, body: body && JSON.stringify(body) });

const list = async () => (await api('GET', '/tasks?limit=100')).body;
const shown = (tasks) => tasks.map((task) => (task.completed ? `✓ ${task.title}` : task.title));

// Numbers are never given twice: {1} in an utterance is the number of the first task of its list.
async function prepare(titles) {
  for (const task of await list()) await api('DELETE', `/tasks/${task.id}`);
  const ids = [];
  for (const title of titles) {
    const task = (await api('POST', '/tasks', { title: title.replace('✓ ', '') })).body;
    if (title.startsWith('✓ ')) await api('PATCH', `/tasks/${task.id}/complete`);
    ids.push(task.id);
  }
  return (text) => text.replace(/\{(\d)\}/g, (_, n) => ids[n - 1]);
}

const same = (found, wanted) =>
  found.length === wanted.length && found.every((title, at) => wanted[at].split('|').some((fit) => fit.toLowerCase() === title.toLowerCase()));

let right = 0;
let turns = 0;
let calls = 0;
for (const { tasks, say, then, answer } of cases) {
  const numbered = await prepare(tasks);
  let conversation;
  let said = '';
  for (const words of [say].flat()) {
    const { status, body } = await api('POST', '/chat', { message: numbered(words), conversation_id: conversation, time_zone: 'Europe/Berlin' });
    turns += 1;
    if (status !== 200) {
      said = `HTTP ${status}: ${body?.detail}`;
      break;
    }
    conversation = body.conversation_id;
    calls += body.tool_calls.length;
    said = body.response;
  }
  const found = shown(await list());
  const good = same(found, then ?? tasks) && (!answer || new RegExp(numbered(answer), 'is').test(said));
  right += good ? 1 : 0;
  if (!good) console.log(`✗ ${[say].flat().join(' / ')}\n    list: ${JSON.stringify(found)}\n    said: ${JSON.stringify(said)}`);
}

const database = new pg.Client(process.env.DATABASE_URL);
await database.connect();
const { rows: [{ tokens }] } = await database.query('select coalesce(sum(prompt + answer + thought), 0)::float as tokens from token_usage');
await database.end();
const accuracy = (100 * right) / cases.length;
console.log(`${right} of ${cases.length} utterances as expected (${accuracy.toFixed(1)} %), ${(calls / turns).toFixed(2)} calls a turn, ` +
  `${Math.round(tokens / turns)} tokens a turn`);
if (accuracy < Number(process.env.MIN_ACCURACY ?? 0)) process.exit(1);
