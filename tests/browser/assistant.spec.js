// The assistant's panel: what it says, what its tools really did, and what is asked of the user.
import { box, expect, newTask, openAssistant, stream, test, violations } from "./app.js";

const start = { type: "start", messageMetadata: { conversation_id: 42 } };
const input = (toolCallId, toolName, args) => ({ type: "tool-input-available", toolCallId, toolName, input: args });
const finish = { type: "finish", finishReason: "stop" };
const said = (delta) => ({ type: "text-delta", id: "t", delta });

async function ask(panel, text) {
  await panel.getByRole("textbox", { name: "Message" }).fill(text);
  await panel.getByRole("button", { name: "Send" }).click();
}

const card = (panel, name) => panel.getByRole("region", { name });

test("a suggestion is sent at once, the list follows, and the card is undone", async ({ page, member, complaints }) => {
  await page.goto("/");
  const panel = await openAssistant(page);
  await panel.getByRole("button", { name: "Add a task to buy groceries" }).click();
  const added = card(panel, "Added 1 task");
  await expect(added).toContainText("#1 Buy groceries", { ignoreCase: true });
  await expect.poll(async () => (await (await member.call("GET", "/tasks")).json()).length).toBe(1);
  await added.getByRole("button", { name: /^Undo/ }).click();
  await expect(added).toContainText("Undone");
  await expect(added).not.toContainText("Not done");
  expect(await (await member.call("GET", "/tasks")).json()).toEqual([]);
  expect(complaints).toEqual([]);
});

test("suggestions name a task of the list", async ({ page, member }) => {
  await member.add("pay rent");
  await page.goto("/");
  await expect(box(page, "pay rent")).toBeVisible();
  const panel = await openAssistant(page);
  await panel.getByRole("button", { name: 'Complete "pay rent"' }).click();
  await expect.poll(async () => (await (await member.call("GET", "/tasks/1")).json()).completed).toBe(true);
});

test("a conversation is kept over a reload, found in the history, and deleted with a way back", async ({ page, member }) => {
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "Add a task to water plants");
  await expect(card(panel, "Added 1 task")).toBeVisible();
  await page.reload();
  const question = panel.getByRole("log").getByText("Add a task to water plants", { exact: true });
  await expect(question).toBeVisible();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await expect(panel.getByText("What can I do for your list?")).toBeVisible();
  await panel.getByRole("button", { name: "History" }).click();
  await panel.getByRole("button", { name: /^Add a task to water plants/ }).click();
  await expect(question).toBeVisible();
  await panel.getByRole("button", { name: "History" }).click();
  await panel.getByRole("button", { name: /^Delete/ }).click();
  await expect(panel.getByText("No conversations yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByRole("button", { name: /^Add a task to water plants/ })).toBeVisible();
  await panel.getByRole("button", { name: /^Delete/ }).click();
  await page.reload();
  await expect.poll(async () => (await (await member.call("GET", "/conversations")).json()).length).toBe(0);
});

test("the address of a conversation opens it beside the tasks", async ({ page, member }) => {
  const { conversation_id } = await (await member.call("POST", "/chat", { message: "add milk" })).json();
  await page.goto(`/conversations/${conversation_id}`);
  const panel = page.getByRole("dialog", { name: "Assistant" });
  await expect(panel.getByRole("log").getByText("add milk", { exact: true })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/");
  await panel.getByRole("button", { name: "Close assistant" }).click();
  await expect(box(page, "milk")).toBeVisible();
});

test("earlier messages come when they are asked for, and what is read stays where it is", async ({ page, member }) => {
  await page.setViewportSize({ width: page.viewportSize().width, height: 480 }); // three messages fill it
  let conversation_id;
  for (let n = 1; n <= 7; n += 1) ({ conversation_id } = await (await member.call("POST", "/chat", { conversation_id, message: `add task ${n}` })).json());
  // Pages of the same server, but short ones.
  await page.route(/\/conversations\/\d+$/, (route) => route.continue({ url: `${route.request().url()}?limit=3` }));
  await page.goto(`/conversations/${conversation_id}`);
  const panel = page.getByRole("dialog", { name: "Assistant" });
  const log = panel.getByRole("log");
  const said = log.locator(".user .said");
  const earlier = log.getByRole("button", { name: "Earlier messages" });
  const top = async (text) => Math.round((await log.getByText(text, { exact: true }).boundingBox()).y);
  const more = async (first, shown) => {
    await earlier.hover(); // once the panel has come to rest
    await earlier.focus();
    const before = await top(first);
    await page.keyboard.press("Enter");
    await expect(said).toHaveCount(shown);
    expect(Math.abs((await top(first)) - before), `${first} stays`).toBeLessThanOrEqual(1);
  };
  await expect(said).toHaveText(["add task 5", "add task 6", "add task 7"]);
  await more("add task 5", 6);
  await expect(earlier).toBeFocused();
  await more("add task 2", 7);
  await expect(said).toHaveText([1, 2, 3, 4, 5, 6, 7].map((n) => `add task ${n}`));
  await expect(earlier).toHaveCount(0);
  await expect(log).toBeFocused();
  await ask(panel, "add task 8");
  await expect(said).toHaveCount(8);
  await expect(log.getByText("add task 8", { exact: true })).toBeInViewport();
});

test("earlier messages that do not come are told, and can be asked for again", async ({ page, member }) => {
  let conversation_id;
  for (const message of ["add milk", "add eggs"]) ({ conversation_id } = await (await member.call("POST", "/chat", { conversation_id, message })).json());
  await page.route(/\/conversations\/\d+$/, (route) => route.continue({ url: `${route.request().url()}?limit=1` }));
  await page.goto(`/conversations/${conversation_id}`);
  await page.route(/before=/, (route) => route.fulfill({ status: 503 }), { times: 1 });
  await page.getByRole("button", { name: "Earlier messages" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await page.getByRole("button", { name: "Earlier messages" }).click();
  await expect(page.locator(".user .said")).toHaveText(["add milk", "add eggs"]);
});

test("one question names all its tasks, and one word decides about them", async ({ page, member }) => {
  await member.add("first", "second");
  const asked = [];
  await page.route("**/chat", (route) =>
    route.fulfill(stream(start, input("a", "delete_task", { task_id: 1 }), { type: "tool-approval-request", approvalId: "ap1", toolCallId: "a" }, input("b", "delete_task", { task_id: 2 }), { type: "tool-approval-request", approvalId: "ap2", toolCallId: "b" }, said("Shall I?"), finish)),
  );
  await page.route("**/chat/actions/*", (route) => {
    const { approve } = route.request().postDataJSON();
    const action = route.request().url().split("/").at(-1);
    asked.push([action, approve]);
    if (asked.length === 1) return route.abort(); // its response is lost, and the same one is given again
    const id = action === "ap1" ? 1 : 2;
    const call = { id: id === 1 ? "a" : "b", name: "delete_task", arguments: { task_id: id }, status: "done", result: { deleted_id: id, title: id === 1 ? "first" : "second" } };
    return route.fulfill({ json: { conversation_id: 42, response: "ok", tool_calls: [call] } });
  });
  await page.goto("/");
  await expect(box(page, "second")).toBeVisible();
  const panel = await openAssistant(page);
  await ask(panel, "delete everything");
  const question = card(panel, "Delete 2 tasks");
  await expect(question).toContainText("Needs confirmation");
  await expect(question.getByRole("listitem")).toHaveText(["#1 first", "#2 second"]);
  expect(await violations(page)).toEqual([]);
  await question.getByRole("button", { name: "Delete 2 tasks" }).click();
  await expect(card(panel, "Deleted 2 tasks")).toBeVisible();
  expect(asked).toEqual([["ap1", true], ["ap1", true], ["ap2", true]]);
});

test("what is read stays in place while a response grows, and the latest is one click away", async ({ page, member }) => {
  const lines = Array.from({ length: 60 }, (_, n) => said(`line ${n}\n\n`));
  await page.route("**/chat", (route) => route.fulfill(stream(start, ...lines, finish)));
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "tell me");
  await expect(panel.getByRole("log").getByText("line 59", { exact: true })).toBeAttached();
  const log = panel.getByRole("log");
  await log.evaluate((box) => box.scrollTo(0, 0));
  await expect(panel.getByText("tell me", { exact: true })).toBeInViewport();
  await panel.getByRole("button", { name: "Jump to the latest" }).click();
  await expect(panel.getByRole("log").getByText("line 59", { exact: true })).toBeInViewport();
  await expect(panel.getByRole("button", { name: "Jump to the latest" })).toHaveCount(0);
});

test("on a phone the assistant covers the page, holds the focus, and Back closes it", async ({ page, member }, info) => {
  test.skip(info.project.name !== "phone", "only there it covers the page");
  await page.goto("/");
  const panel = await openAssistant(page);
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null)).toBe(true);
  }
  await page.goBack();
  await expect(panel).toHaveCount(0);
  await expect(newTask(page)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/");
});

test("a limit is counted down, the draft stays, and then it can be sent", async ({ page, member }) => {
  let refusals = 0;
  await page.clock.install();
  await page.route("**/chat", (route) => {
    refusals += 1;
    if (refusals > 1) return route.fulfill(stream(start, said("Here I am."), finish));
    return route.fulfill({ status: 429, headers: { "retry-after": "50" }, contentType: "application/problem+json", body: '{"code":"rate_limited"}' });
  });
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "hello");
  await expect(panel.getByText(/You can send the next message in \d+ s/)).toBeVisible();
  await expect(panel.getByRole("textbox", { name: "Message" })).toHaveValue("hello");
  await expect(panel.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "true");
  await page.clock.runFor(50_000);
  await expect(panel.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "false");
  await panel.getByRole("button", { name: "Send" }).click();
  await expect(panel.getByRole("log").getByText("Here I am.")).toBeVisible();
});

test("a response that breaks off is told, and asked for again as the same message", async ({ page, member }) => {
  const keys = [];
  await page.route("**/chat", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length === 1) return route.fulfill(stream(start, said("I was just")));
    return route.fulfill(stream(start, said("All of it."), finish));
  });
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "tell me");
  await expect(panel.getByRole("alert").filter({ hasText: /./ })).toContainText("The answer broke off.");
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(panel.getByRole("log").getByText("All of it.")).toBeVisible();
  await expect(panel.getByRole("log").getByText("I was just")).toHaveCount(0);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("a turn is stopped by keyboard, and what was typed is in the field again", async ({ page, member }) => {
  await page.route("**/chat", () => {}); // no response ever
  await page.goto("/");
  await expect(newTask(page)).toBeVisible();
  const panel = await openAssistant(page);
  await page.keyboard.type("take your time");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("please");
  await page.keyboard.press("Enter");
  await expect(panel.getByText("Working on it…")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("button", { name: "Stop" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("status").filter({ hasText: "Stopped" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await expect(panel.getByRole("textbox", { name: "Message" })).toHaveValue("take your time\nplease");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Open assistant" })).toBeFocused();
});

test("what the assistant writes is text: no links, no images, its headings, lists and code as such", async ({ page, member, complaints }) => {
  const text = '<img src=x onerror=alert(1)> [link](https://evil.example) ![i](https://evil.example/x.png) **bold**\n## Today\n- one\n  - two\n\n`code`';
  await page.route("**/chat", (route) => route.fulfill(stream(start, said(text), finish)));
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "hello");
  await expect(panel.getByRole("log").getByText("<img src=x")).toContainText("link (evil.example)");
  await expect(panel.locator(".log a, .log img")).toHaveCount(0);
  await expect(panel.locator("strong")).toHaveText(["bold", "Today"]);
  await expect(panel.locator("li li")).toHaveText("two");
  await expect(panel.locator("code")).toHaveText("code");
  expect(complaints).toEqual([]);
});

test("a question that is answered in words is settled, on its card too", async ({ page, member }) => {
  await member.add("one", "two", "three");
  await page.goto("/");
  const panel = await openAssistant(page);
  const say = async (words) => {
    await expect(panel.getByRole("button", { name: "Send" })).toBeVisible();
    await panel.getByRole("textbox", { name: "Message" }).fill(words);
    await page.keyboard.press("Enter");
  };
  await say("delete everything");
  const question = panel.getByRole("region").filter({ hasText: "Needs confirmation" });
  await expect(question.first()).toBeVisible();
  await say("yes");
  await expect(question).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "Keep" })).toHaveCount(0);
  await expect.poll(async () => (await (await member.call("GET", "/tasks")).json()).length).toBe(0);
  await expect(panel.getByText(/^#\d+$/)).toHaveCount(0);
});

test("a question is not taken for an earlier one that was answered, and an undo takes back its own card", async ({ page, member }) => {
  await member.add("one", "two");
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "delete everything");
  await panel.getByRole("button", { name: "Keep" }).click();
  await expect(card(panel, "Delete 2 tasks")).toContainText("Not done");
  await ask(panel, "delete everything");
  await expect(panel.getByRole("button", { name: "Delete 2 tasks" })).toBeVisible();
  await panel.getByRole("button", { name: "Keep" }).click();
  for (const [message, name] of [["complete task 1", "Completed 1 task"], ["reopen task 1", "Reopened 1 task"], ["complete task 1", "Completed 1 task"]]) {
    await ask(panel, message);
    await expect(card(panel, name).last()).toContainText("one");
    await expect(panel.getByRole("button", { name: "Send" })).toBeVisible();
  }
  await card(panel, "Completed 1 task").last().getByRole("button", { name: /^Undo/ }).click();
  await expect(card(panel, "Completed 1 task").last()).toContainText("Undone");
  await expect.poll(async () => (await (await member.call("GET", "/tasks/1")).json()).completed).toBe(false);
});
