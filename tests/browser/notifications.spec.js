// Where reminders reach their user: this browser, other devices, mail; and what the service worker does with a push.
import { box, expect, look, newTask, section, test } from "./app.js";

const device = { id: "phone", device: "Chrome on Android", created_at: "2026-11-20T10:00:00Z", last_sent_at: "2026-11-28T16:50:00Z", last_error: null };
const broken = { ...device, id: "old", device: "Firefox on Windows", last_sent_at: null, last_error: "The push service refused the message (403)." };
const here = { ...device, id: "here", device: "Chrome on Linux", last_sent_at: null };
const mail = { available: true, enabled: false, address: "zoe@example.com", last_sent_at: null, last_error: null };

/** The server's part, with this state at first. */
async function server(page, { publicKey = "BKey", subscriptions = [], mail: mailState = mail, undelivered = [] } = {}) {
  const state = { push: { public_key: publicKey, subscriptions }, mail: { ...mailState } };
  const sent = [];
  await page.route("**/api/*/notifications**", async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.split("/notifications")[1];
    const body = request.postDataJSON();
    sent.push({ method: request.method(), path, body });
    if (path === "/undelivered") return route.fulfill({ json: undelivered });
    if (path === "/test") return route.fulfill({ json: { sent: body.channel === "push" ? state.push.subscriptions.length : 1 } });
    if (request.method() === "PATCH") state.mail.enabled = body.mail;
    if (request.method() === "POST") {
      state.push.subscriptions = [...state.push.subscriptions, { ...here, device: body.device }];
      return route.fulfill({ status: 201, json: here });
    }
    if (request.method() === "DELETE") {
      state.push.subscriptions = state.push.subscriptions.filter(({ id }) => !path.endsWith(`/${id}`));
      return route.fulfill({ status: 204 });
    }
    return route.fulfill({ json: state });
  });
  return sent;
}

/** A browser whose user will answer the browser's question so, and that subscribes without a push service. */
async function browser(page, reply) {
  await page.addInitScript((answer) => {
    let permission = sessionStorage.getItem("permission") ?? "default";
    window.asked = 0;
    window.Notification = class {
      static get permission() {
        return permission;
      }
      static async requestPermission() {
        window.asked += 1;
        permission = answer;
        sessionStorage.setItem("permission", answer);
        return answer;
      }
    };
    const subscription = { toJSON: () => ({ endpoint: "https://fcm.googleapis.com/fcm/send/x", expirationTime: null, keys: { p256dh: "p", auth: "a" } }), unsubscribe: async () => true };
    const registration = { pushManager: { subscribe: async () => subscription, getSubscription: async () => subscription } };
    navigator.serviceWorker.getRegistration = async () => registration;
  }, reply);
}

const asked = (page) => page.evaluate(() => window.asked);
const remind = (page, name) => page.getByRole("group", { name: "Remind me" }).getByRole("button", { name, exact: true }).click();

test("the browser asks only after the first reminder and a sentence about it", async ({ page, member, complaints }, info) => {
  const sent = await server(page);
  await browser(page, "granted");
  await member.call("POST", "/tasks", { title: "catch the train", due: "2199-12-04T17:00" });
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "catch the train"' }).click();
  await remind(page, "10 minutes before");
  await expect(page.getByText("Shall this browser remind you")).toBeVisible();
  expect(await asked(page)).toBe(0);
  await look(page, info, "reminder question");
  await page.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(page.getByText("This browser reminds you from now on")).toBeVisible();
  expect(await asked(page)).toBe(1);
  const added = sent.find(({ method, path }) => method === "POST" && path === "/subscriptions");
  expect(added.body).toMatchObject({ endpoint: "https://fcm.googleapis.com/fcm/send/x", keys: { p256dh: "p", auth: "a" }, device: /Chrome on/ });
  await expect(page.getByText("Shall this browser remind you")).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("who does not want it now is not asked again in this browser", async ({ page, member }) => {
  await server(page);
  await browser(page, "granted");
  await member.call("POST", "/tasks", { title: "catch the train", due: "2199-12-04T17:00" });
  await page.goto("/");
  await page.getByRole("button", { name: 'Edit "catch the train"' }).click();
  await remind(page, "At due");
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(page.getByText("So far this reminder reaches you nowhere.")).toBeVisible();
  await remind(page, "At due");
  await remind(page, "At due");
  await expect(page.getByText("Shall this browser remind you")).toHaveCount(0);
  await page.getByRole("link", { name: "Notification settings" }).click();
  await expect(section(page, "Notifications")).toBeInViewport();
});

test("a reminder that is written in the line offers notifications too", async ({ page, member }) => {
  await server(page);
  await browser(page, "granted");
  await page.goto("/");
  await newTask(page).fill("remind me tomorrow at 17:00 to call mum");
  await newTask(page).press("Enter");
  await expect(page.getByText("Added “call mum”. Where shall it remind you?")).toBeVisible();
  expect(await asked(page)).toBe(0);
  await page.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(page.getByText("This browser reminds you from now on")).toBeVisible();
});

test("the settings show devices and mail with their state, test them and turn them off", async ({ page, member }, info) => {
  const sent = await server(page, { subscriptions: [device, broken], undelivered: [{ task: 7, title: "Call the dentist", due: "2026-11-27T17:00", remind_at: "2026-11-27T16:50:00Z", error: "No device could be reached." }] });
  await browser(page, "granted");
  await page.goto("/settings");
  const part = section(page, "Notifications");
  await expect(part.getByText("1 reminder could not be delivered")).toBeVisible();
  await expect(part.getByText("No device could be reached.")).toBeVisible();
  await expect(part.getByText("Last attempt failed: The push service refused the message (403).")).toBeVisible();
  await part.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(part.getByText("On", { exact: true })).toBeVisible();
  await part.getByRole("button", { name: "Send me a test", exact: true }).click();
  await expect(page.getByText("A test is on its way to 3 devices")).toBeVisible();
  await part.getByRole("button", { name: "Remove Firefox on Windows" }).click();
  await expect(part.getByText("Firefox on Windows")).toHaveCount(0);
  await part.getByLabel("Remind me by mail to zoe@example.com").check();
  await part.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(page.getByText("A test mail is on its way")).toBeVisible();
  await look(page, info, "settings notifications");
  await part.getByRole("button", { name: "Turn off here" }).click();
  await expect(part.getByText("Off", { exact: true })).toBeVisible();
  expect(sent.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(["/subscriptions/old", "/subscriptions/here"]);
});

test("what stands in the way is said: no keys, blocked, no support, no mail", async ({ page, member }, info) => {
  await server(page, { publicKey: null, mail: { ...mail, available: false } });
  await page.goto("/settings");
  const part = section(page, "Notifications");
  await expect(part.getByText("This server cannot send notifications")).toBeVisible();
  await expect(part.getByText("This server sends no mail.")).toBeVisible();
  await look(page, info, "settings notifications none");
  await page.unrouteAll();
  await server(page);
  await browser(page, "denied");
  await page.reload();
  await part.getByRole("button", { name: "Turn on notifications" }).click();
  await expect(page.getByText("The browser does not allow notifications for this site.")).toBeVisible();
  await expect(part.getByText("Notifications are blocked for this site.")).toBeVisible();
  await page.addInitScript(() => delete window.PushManager);
  await page.reload();
  await expect(part.getByText("This browser cannot show notifications.")).toBeVisible();
});

test("a test that fails says why, and a part that did not load can be tried again", async ({ page, member }) => {
  await server(page, { mail: { ...mail, enabled: true } });
  await page.route("**/notifications/test", (route) => route.fulfill({ status: 502, contentType: "application/problem+json", json: { code: "unavailable", detail: "The mail service returned 401." } }));
  let broken = true;
  await page.route("**/notifications", (route) => (broken ? route.fulfill({ status: 500, json: {} }) : route.fallback()));
  await page.goto("/settings");
  const part = section(page, "Notifications");
  await expect(part.getByText("This could not be loaded.")).toBeVisible();
  broken = false;
  await part.getByRole("button", { name: "Try again" }).click();
  await part.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(page.getByText("The test was not sent. The mail service returned 401.")).toBeVisible();
});

test.describe("the service worker", () => {
  test.use({ serviceWorkers: "allow" });

  const actions = [{ action: "done", title: "Done" }, { action: "snooze", title: "In 10 minutes" }];
  const reminder = { kind: "reminder", task: 1, title: "Call the dentist", body: "Due today at 17:00", tag: "todo-task-1", url: "/?due=today", action_url: "/api/reminders/token.sig", actions };
  const shown = { title: "Call the dentist", body: "Due today at 17:00", tag: "todo-task-1", url: "/?q=%231", actions: ["done", "snooze"] };

  /** The worker of the page. The browser without a screen shows no notifications, so those that it would show are kept. */
  async function workerOf(page, context) {
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker.ready);
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    await worker.evaluate(() => {
      self.kept = new Map();
      self.registration.showNotification = async (title, options) => void self.kept.set(options.tag, { ...options, title });
      self.happen = async (name, members) => {
        const event = Object.assign(new ExtendableEvent(name), members);
        let finished;
        event.waitUntil = (promise) => (finished = promise);
        self.dispatchEvent(event);
        // A page gets the focus only by a click of its user.
        await finished.catch(() => undefined);
        return [...self.kept.values()].map(({ title, body, tag, actions, data: { url } }) => ({ title, body, tag, url, actions: actions.map(({ action }) => action) }));
      };
    });
    return worker;
  }

  const push = (worker, text) => worker.evaluate((data) => self.happen("push", { data: { json: () => JSON.parse(data) } }), typeof text === "string" ? text : JSON.stringify(text));

  test("shows what is pushed, with its buttons, once for each task", async ({ page, context, member }) => {
    const worker = await workerOf(page, context);
    expect(await push(worker, reminder)).toEqual([shown]);
    expect(await push(worker, reminder)).toEqual([shown]);
    expect(await push(worker, "not JSON")).toHaveLength(2);
  });

  test("carries out a button without a page, and shows the task when the notification is clicked", async ({ page, context, member }) => {
    await member.add("Call the dentist");
    const worker = await workerOf(page, context);
    await push(worker, reminder);
    const click = (action, status) =>
      worker.evaluate(
        async ([wanted, answer]) => {
          const requests = [];
          const real = self.fetch;
          self.fetch = async (address, { method, body }) => {
            requests.push([address, method, body]);
            return new Response("{}", { status: answer });
          };
          const [data] = [...self.kept.values()].map((notification) => notification.data);
          const left = await self.happen("notificationclick", { action: wanted, notification: { data, close: () => self.kept.clear() } });
          self.fetch = real;
          return { requests, left: left.length };
        },
        [action, status],
      );
    // What fails comes back, to be tried again.
    expect(await click("snooze", 503)).toEqual({ requests: [["/api/reminders/token.sig", "POST", '{"action":"snooze"}']], left: 1 });
    expect(await click("done", 200)).toEqual({ requests: [["/api/reminders/token.sig", "POST", '{"action":"done"}']], left: 0 });
    await push(worker, reminder);
    expect((await click("", 200)).requests).toEqual([]);
    await expect(page).toHaveURL(/\/\?q=%231$/);
    await expect(page.getByRole("checkbox", { name: "Call the dentist" })).toBeVisible();
  });

  test("tells the server when the browser has another address, under its old name", async ({ page, context, member }) => {
    const worker = await workerOf(page, context);
    const sent = await worker.evaluate(async () => {
      const requests = [];
      const real = self.fetch;
      self.fetch = async (address, options) => {
        if (!address.includes("/notifications/")) return real(address, options);
        requests.push([address, options.method, JSON.parse(options.body), options.headers.authorization.split(".").length]);
        return new Response("{}");
      };
      const newSubscription = { toJSON: () => ({ endpoint: "https://fcm.googleapis.com/fcm/send/new", keys: { p256dh: "p", auth: "a" } }) };
      await self.happen("pushsubscriptionchange", { oldSubscription: { endpoint: "https://fcm.googleapis.com/fcm/send/old" }, newSubscription });
      self.fetch = real;
      return requests;
    });
    const body = { endpoint: "https://fcm.googleapis.com/fcm/send/new", keys: { p256dh: "p", auth: "a" }, replaces: "https://fcm.googleapis.com/fcm/send/old" };
    expect(sent).toEqual([[`/api/${member.id}/notifications/subscriptions`, "POST", body, 3]]);
  });

  test("a reminder reaches two browsers once each, and what is done in one is seen in the other", async ({ page, context, browser, baseURL, member }) => {
    const other = await browser.newContext({ baseURL, serviceWorkers: "allow", storageState: await context.storageState() });
    try {
      await member.call("POST", "/tasks", { title: "Call the dentist", due: "2199-12-04T17:00" });
      const elsewhere = await other.newPage();
      const workers = [await workerOf(page, context), await workerOf(elsewhere, other)];
      for (const worker of workers) expect(await push(worker, reminder)).toEqual([shown]);
      await box(page, "Call the dentist").check();
      await expect(elsewhere.getByText("0 pending, 1 completed")).toBeVisible();
    } finally {
      await other.close();
    }
  });
});
