// The example of docs/clients.md, run as it stands there: useChat with DefaultChatTransport against the app.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { DefaultChatTransport } from 'ai';
import { createElement } from 'react';
import { create } from 'react-test-renderer';
import typescript from 'typescript';

const base = process.env.BASE_URL;
const json = { 'content-type': 'application/json', origin: base };
const signUp = await fetch(`${base}/api/auth/sign-up/email`, {
  method: 'POST', headers: json, body: JSON.stringify({ name: 'Rea', email: 'rea@example.com', password: 'correct horse battery' }),
});
const cookie = signUp.headers.get('set-cookie').split(';')[0];
const { token } = await (await fetch(`${base}/api/auth/token`, { headers: { cookie } })).json();
const home = `${base}/api/${(await signUp.json()).user.id}`;
const get = async (path) => (await fetch(home + path, { headers: { authorization: `Bearer ${token}` } })).json();

// The component, compiled to where its imports are found.
async function example() {
  const guide = await readFile(new URL('../../docs/clients.md', import.meta.url), 'utf8');
  const [, source] = guide.match(/```jsx\n(.*?)```/s);
  assert.ok(source.trim().split('\n').length <= 25, 'the example is short');
  const compilerOptions = { jsx: typescript.JsxEmit.ReactJSX, module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const { outputText } = typescript.transpileModule(source, { compilerOptions });
  const folder = new URL('../node_modules/.cache/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('todo-chat.mjs', folder), outputText);
  return (await import(new URL('todo-chat.mjs', folder))).TodoChat;
}

const TodoChat = await example();
const page = create(createElement(TodoChat, { api: `${home}/chat`, token }), { unstable_isConcurrent: true });
const all = (type) => page.root.findAllByType(type);
const shown = () => all('p').map((p) => p.children.filter((child) => typeof child === 'string').join('')).join('\n');
const buttons = (word) => all('button').filter((button) => button.children.includes(word));

async function until(condition, what) {
  const end = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `${what}: ${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function say(text, expected) {
  await until(() => all('input').length === 1, 'the form');
  all('input')[0].props.onChange({ target: { value: text } });
  await until(() => all('input')[0].props.value === text, 'the text in the form');
  all('form')[0].props.onSubmit({ preventDefault() {} });
  await until(() => expected.test(shown()) && buttons('Stop').length === 0, `the response to "${text}"`);
}

while (page.toJSON() === null) await new Promise((resolve) => setTimeout(resolve, 10)); // until it is rendered
await say('add tasks: milk, eggs', /Added #1 milk\.\nAdded #2 eggs\./);
await say("what's left?", /Your pending tasks/);
assert.equal((await get('/conversations')).length, 1, 'a chat is one conversation');

await say('delete everything', /Please confirm/);
assert.equal(buttons('Yes').length, 2);
buttons('Yes')[0].props.onClick();
await until(() => buttons('Yes').length === 1, 'the decision');
assert.deepEqual((await get('/tasks')).length, 2, 'nothing is sent before the last response');
buttons('No')[0].props.onClick();
await until(() => /Deleted #1/.test(shown()) && /Not done: delete #2/.test(shown()), 'the decisions are sent by themselves');
assert.deepEqual((await get('/tasks')).map((task) => task.title), ['eggs']);
assert.equal(buttons('Yes').length, 0);

await say('complete eggs', /Completed #2 eggs/);
assert.equal((await get('/conversations')).length, 1);
const transport = new DefaultChatTransport({ api: `${home}/chat`, headers: { authorization: `Bearer ${token}` } });
assert.equal(await transport.reconnectToStream({ chatId: 'any' }), null);
page.unmount();
console.log('useChat works as documented');
