// Our stream, read by the AI SDK's own transport and put together by its own reader.
import assert from 'node:assert/strict';
import { DefaultChatTransport, readUIMessageStream } from 'ai';

const base = process.env.BASE_URL;
const json = { 'content-type': 'application/json', origin: base };
const signUp = await fetch(`${base}/api/auth/sign-up/email`, {
  method: 'POST', headers: json, body: JSON.stringify({ name: 'Sam', email: 'sam@example.com', password: 'correct horse battery' }),
});
const cookie = signUp.headers.get('set-cookie').split(';')[0];
const { token } = await (await fetch(`${base}/api/auth/token`, { headers: { cookie } })).json();
const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
const api = `${base}/api/${(await signUp.json()).user.id}/chat`;

async function say(message) {
  const transport = new DefaultChatTransport({ api, headers, prepareSendMessagesRequest: () => ({ body: { message } }) });
  const stream = await transport.sendMessages({ chatId: 'c', messages: [], trigger: 'submit-message' });
  let whole;
  for await (const part of readUIMessageStream({ stream, terminateOnError: true })) whole = part;
  return whole;
}

const added = await say('add milk and delete task 1');
assert.deepEqual(added.parts.map((part) => part.type), ['step-start', 'dynamic-tool', 'step-start', 'dynamic-tool', 'step-start', 'text']);
assert.deepEqual([added.parts[1].state, added.parts[1].toolName, added.parts[1].input], ['output-available', 'add_task', { title: 'milk' }]);
assert.equal(added.parts[1].output.task.title, 'milk');
assert.equal(typeof added.metadata.conversation_id, 'number');
assert.match(added.parts[5].text, /Added #1 milk\.\nDeleted #1 milk\./);

await say('add tasks: a, b');
const asked = await say('delete everything');
const waiting = asked.parts.filter((part) => part.state === 'approval-requested');
assert.equal(waiting.length, 2);
const response = await fetch(`${api}/actions/${waiting[0].approval.id}`, {
  method: 'POST', headers: { ...headers, ...json }, body: JSON.stringify({ approve: true }),
});
assert.equal((await response.json()).tool_calls[0].status, 'done');

const failed = await say('complete task 99');
assert.equal(failed.parts.find((part) => part.type === 'dynamic-tool').state, 'output-error');
console.log('the AI SDK reads our stream');
