// For page.sh: opens the page with many tasks in a browser, types, ticks, searches and waits, and prints what was sent and how
// long the page was blocked, also in processor time, which other work on the machine does not lengthen; then opens it on slow lines.
import { createRequire } from 'node:module';
import os from 'node:os';

const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { chromium } = require('@playwright/test');
const { BASE_URL: base, CHROMIUM: executablePath } = process.env;
const count = Number(process.env.TASKS ?? 10000);
/** The page asks for changes every few seconds. */
const IDLE_MS = 11_000;

const browser = await chromium.launch({ executablePath: executablePath || undefined, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, locale: 'en-US', serviceWorkers: 'block' });

async function prepare() {
  const account = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery' };
  const signedUp = await context.request.post('/api/auth/sign-up/email', { data: account, headers: { origin: base } });
  const { user } = await signedUp.json();
  const { token } = await (await context.request.get('/api/auth/token')).json();
  const words = ['buy', 'call', 'plan', 'write', 'mend', 'the', 'garden', 'letter', 'passport', 'kitchen'];
  const title = (n) => [0, 1, 2, 3].map((at) => words[(n * (at + 3) + at) % words.length]).join(' ');
  for (let first = 1; first <= count; first += 1000) {
    const data = Array.from({ length: Math.min(1000, count - first + 1) }, (_, at) => ({ title: `${title(first + at)} ${first + at}`, completed: (first + at) % 4 === 0 }));
    const response = await context.request.post(`/api/${user.id}/tasks/import`, { data, headers: { authorization: `Bearer ${token}` } });
    if (!response.ok()) throw new Error(await response.text());
  }
}

await prepare();
const page = await context.newPage();
const devtools = await browser.newBrowserCDPSession();

/** The longest task of the page's main thread during an act: its milliseconds, and those of processor time. */
async function longestTask(act) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', { categories: 'disabled-by-default-devtools.timeline,__metadata', transferMode: 'ReportEvents' });
  await act();
  const complete = new Promise((resolve) => { devtools.once('Tracing.tracingComplete', resolve); });
  await devtools.send('Tracing.end');
  await complete;
  devtools.off('Tracing.dataCollected', collect);
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf));
  const tasks = events.filter((event) => event.name === 'RunTask' && mains.has(threadOf(event)));
  const longest = (member) => Math.round(Math.max(0, ...tasks.map((task) => task[member] ?? 0)) / 1000);
  return { elapsed: longest('dur'), processor: longest('tdur') };
}

const finished = [];
page.on('requestfinished', (request) => finished.push(request));

const rows = [];
/** Measures one act: bytes of the responses, requests, and the longest task of the main thread. */
async function measure(name, act, target = '') {
  finished.length = 0;
  const { elapsed, processor } = await longestTask(async () => {
    await act();
    await page.waitForTimeout(300);
  });
  const sizes = await Promise.all(finished.map(async (request) => (await request.sizes()).responseBodySize));
  rows.push([name, finished.length, Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10, elapsed, processor, target]);
}

const newTask = page.getByRole('textbox', { name: 'New task' });
const search = page.getByRole('textbox', { name: 'Search tasks' });
await measure('open the page', async () => {
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.getByText(/ pending, /).waitFor();
});
await newTask.focus();
await page.waitForTimeout(1000);
await measure('type a task, 30 letters', () => newTask.pressSequentially('water the plants in the garden', { delay: 30 }), '≤ 50');
await measure('add it', () => newTask.press('Enter'), '≤ 50');
// Not by their roles: looking for those among many buttons would be measured too.
const boxes = page.locator('[data-task] .box input');
await measure('tick five', async () => {
  for (let at = 0; at < 5; at += 1) {
    await boxes.first().click();
    await page.waitForTimeout(500);
  }
}, '≤ 50');
await measure('open an editor', () => page.locator('[data-task] .title').nth(3).click(), '≤ 50');
await measure('type in it, 13 letters', () => page.keyboard.type('mend the gate', { delay: 30 }), '≤ 50');
await page.keyboard.press('Escape');
await measure('search, a letter at a time', () => search.pressSequentially('garden 99', { delay: 60 }), '≤ 50');
await search.fill('');
await measure('wait eleven seconds', () => page.waitForTimeout(IDLE_MS), '≤ 1 KB, ≤ 50');
await measure('come back to the window', async () => {
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
  });
  await page.waitForTimeout(1500);
}, '≤ 1 KB, ≤ 50');

/** When something is painted first, in milliseconds, on a line with this latency in milliseconds and this many kilobits a second. */
async function firstPaint(latency, kilobits) {
  const slow = await context.newPage();
  const devtools = await context.newCDPSession(slow);
  const throughput = (kilobits * 1000) / 8;
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput });
  await slow.goto('/', { waitUntil: 'load', timeout: 120_000 });
  const painted = await (await slow.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)).jsonValue();
  await slow.close();
  return Math.round(painted);
}

const lines = [['4G of a train: 150 ms, 1.6 Mbit/s', 150, 1600], ['3G: 400 ms, 400 kbit/s', 400, 400]];
const paints = [];
for (const [name, latency, kilobits] of lines) paints.push([name, await firstPaint(latency, kilobits), '≤ 1500']);
await browser.close();

console.log(`${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} cores shared with the server and PostgreSQL, load average ${os.loadavg().map((load) => load.toFixed(1)).join(' ')}; ${count} tasks.\n`);
console.log('| what | requests | KB | longest block, ms | of processor time | target |\n|---|---:|---:|---:|---:|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log('\n| line | first paint, ms | target |\n|---|---:|---|');
for (const row of paints) console.log(`| ${row.join(' | ')} |`);
