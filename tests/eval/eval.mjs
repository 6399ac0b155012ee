// Sends each utterance of utterances.json to the assistant. Compares the task list afterwards, and the response where a case
// names one, with what a user expects. Prints accuracy, calls and tokens per turn; fails below MIN_ACCURACY (percent).
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
const toTitles = (tasks) => tasks.map((task) => (task.completed ? `✓ ${task.title}` : task.title));

// Replaces the task list. Numbers of tasks are never used twice, so {1} in an utterance stands for the number of the first task.
async function replaceList(titles) {
  for (const task of await list()) await api('DELETE', `/tasks/${task.id}`);
  const ids = [];
  for (const title of titles) {
    const task = (await api('POST', '/tasks', { title: title.replace('✓ ', '') })).body;
    if (title.startsWith('✓ ')) await api('PATCH', `/tasks/${task.id}/complete`);
    ids.push(task.id);
  }
  return (text) => text.replace(/\{(\d)\}/g, (_, n) => ids[n - 1]);
}

const isExpected = (titles, expected) =>
  titles.length === expected.length &&
  titles.every((title, at) => expected[at].split('|').some((variant) => variant.toLowerCase() === title.toLowerCase()));

let passed = 0;
let turns = 0;
let calls = 0;
for (const { tasks, say, then, answer } of cases) {
  const withNumbers = await replaceList(tasks);
  let conversation;
  let response = '';
  for (const utterance of [say].flat()) {
    const { status, body } = await api('POST', '/chat', { message: withNumbers(utterance), conversation_id: conversation, time_zone: 'Europe/Berlin' });
    turns += 1;
    if (status !== 200) {
      response = `HTTP ${status}: ${body?.detail}`;
      break;
    }
    conversation = body.conversation_id;
    calls += body.tool_calls.length;
    response = body.response;
  }
  const titles = toTitles(await list());
  if (isExpected(titles, then ?? tasks) && (!answer || new RegExp(withNumbers(answer), 'is').test(response))) {
    passed += 1;
  } else {
    console.log(`✗ ${[say].flat().join(' / ')}\n    list: ${JSON.stringify(titles)}\n    response: ${JSON.stringify(response)}`);
  }
}

const database = new pg.Client(process.env.DATABASE_URL);
await database.connect();
const { rows: [{ tokens }] } = await database.query('select coalesce(sum(prompt + answer + thought), 0)::float as tokens from todo.token_usage');
await database.end();
const accuracy = (100 * passed) / cases.length;
console.log(`${passed} of ${cases.length} utterances as expected (${accuracy.toFixed(1)} %), ${(calls / turns).toFixed(2)} calls per turn, ` +
  `${Math.round(tokens / turns)} tokens per turn`);
if (accuracy < Number(process.env.MIN_ACCURACY ?? 0)) process.exit(1);
