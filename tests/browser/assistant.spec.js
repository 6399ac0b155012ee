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

test("a suggestion is asked, the list follows, and the card is taken back", async ({ page, member, complaints }) => {
  await page.goto("/");
  const panel = await openAssistant(page);
  await page.waitForLoadState("networkidle");
  let asked = 0;
  page.on("request", (request) => (asked += Number(request.url().includes("/tasks?"))));
  await panel.getByRole("button", { name: "Add a task to buy groceries" }).click();
  await panel.getByRole("button", { name: "Send" }).click();
  const card = panel.getByRole("listitem").filter({ hasText: "#1" });
  await expect(card).toContainText("Added task");
  await expect(card).toContainText("Done");
  await expect(page.getByRole("checkbox", { name: /buy groceries/i })).toHaveCount(1);
  await card.getByRole("button", { name: /^Undo/ }).click();
  await expect(card).toContainText("Undone");
  await expect(page.getByRole("checkbox", { name: /buy groceries/i })).toHaveCount(0);
  expect(asked, "the list is asked for once after the turn, once after the undo").toBe(2);
  expect(complaints).toEqual([]);
});

test("a conversation is kept, read, gone on with and deleted", async ({ page, member }) => {
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "Add a task to water plants");
  await expect(panel.getByText("Done")).toBeVisible();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await expect(panel.getByText("What can I do for your list?")).toBeVisible();
  await panel.getByRole("button", { name: "History" }).click();
  await panel.getByRole("button", { name: /Add a task to water plants/ }).first().click();
  await expect(panel.getByText("Add a task to water plants", { exact: true })).toBeVisible();
  await panel.getByRole("button", { name: "Close assistant" }).click();

  await page.getByRole("link", { name: "Conversations" }).click();
  await page.getByRole("button", { name: /Add a task to water plants/ }).first().click();
  await expect(page.getByRole("heading", { name: "Add a task to water plants" })).toBeVisible();
  await page.getByRole("button", { name: "Continue conversation" }).click();
  await expect(page.getByRole("dialog", { name: "Assistant" }).getByText("Add a task to water plants", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Close assistant" }).click();
  await page.getByRole("link", { name: "All conversations" }).click();
  await page.getByRole("button", { name: /^Delete/ }).click();
  await expect(page.getByText("No conversations yet")).toBeVisible();
});

test("earlier messages come when they are asked for, and what is read stays where it is", async ({ page, member }) => {
  let conversation_id;
  for (let n = 1; n <= 7; n += 1) ({ conversation_id } = await (await member.call("POST", "/chat", { conversation_id, message: `add task ${n}` })).json());
  // Pages of the same server, but short ones.
  await page.route(/\/conversations\/\d+$/, (route) => route.continue({ url: `${route.request().url()}?limit=3` }));
  const said = (place) => place.locator(".user .said");
  const earlier = (place) => place.getByRole("button", { name: "Earlier messages" });
  const top = async (place, text) => Math.round((await place.getByText(text, { exact: true }).boundingBox()).y);
  const more = async (place, first, shown) => {
    await earlier(place).hover(); // once the panel has come to rest
    await earlier(place).focus();
    const before = await top(place, first);
    await page.keyboard.press("Enter");
    await expect(said(place)).toHaveCount(shown);
    expect(Math.abs((await top(place, first)) - before), `${first} stays`).toBeLessThanOrEqual(1);
  };
  const toTheBeginning = async (place) => {
    await expect(said(place)).toHaveText(["add task 5", "add task 6", "add task 7"]);
    await more(place, "add task 5", 6);
    await expect(earlier(place)).toBeFocused();
    await more(place, "add task 2", 7);
    await expect(said(place)).toHaveText([1, 2, 3, 4, 5, 6, 7].map((n) => `add task ${n}`));
    await expect(earlier(place)).toHaveCount(0);
    await expect(place).toBeFocused();
  };

  await page.goto(`/conversations/${conversation_id}`);
  await toTheBeginning(page.locator(".read"));
  await page.getByRole("button", { name: "Continue conversation" }).click();
  const panel = page.getByRole("dialog", { name: "Assistant" });
  const log = panel.getByRole("log");
  await expect(panel.getByRole("textbox", { name: "Message" })).toBeFocused();
  await toTheBeginning(log);
  await ask(panel, "add task 8");
  await expect(said(log)).toHaveCount(8);
  await expect(log.getByText("add task 8", { exact: true })).toBeInViewport();
});

test("earlier messages that do not come are told, and can be asked for again", async ({ page, member }) => {
  let conversation_id;
  for (const message of ["add milk", "add eggs"]) ({ conversation_id } = await (await member.call("POST", "/chat", { conversation_id, message })).json());
  await page.route(/\/conversations\/\d+$/, (route) => route.continue({ url: `${route.request().url()}?limit=1` }));
  await page.goto(`/conversations/${conversation_id}`);
  await page.route(/before=/, (route) => route.fulfill({ status: 503 }), { times: 1 });
  await page.getByRole("button", { name: "Earlier messages" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("button", { name: "Earlier messages" }).click();
  await expect(page.locator(".user .said")).toHaveText(["add milk", "add eggs"]);
});

test("a question names the exact task and does only what is answered", async ({ page, member }) => {
  await member.add("first", "second");
  const asked = [];
  await page.route("**/chat", (route) =>
    route.fulfill(stream(start, input("a", "delete_task", { task_id: 1 }), { type: "tool-approval-request", approvalId: "ap1", toolCallId: "a" }, input("b", "delete_task", { task_id: 2 }), { type: "tool-approval-request", approvalId: "ap2", toolCallId: "b" }, said("Shall I?"), finish)),
  );
  await page.route("**/chat/actions/*", (route) => {
    const { approve } = route.request().postDataJSON();
    asked.push([route.request().url().split("/").at(-1), approve]);
    if (asked.length === 1) return route.abort(); // its answer is lost, and the same one is given again
    const call = approve ? { id: "a", name: "delete_task", arguments: { task_id: 1 }, status: "done", result: { deleted_id: 1, title: "first" } } : { id: "b", name: "delete_task", arguments: { task_id: 2 }, status: "denied", error: "no" };
    return route.fulfill({ json: { conversation_id: 42, response: "ok", tool_calls: [call] } });
  });
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "delete everything");
  const cards = panel.getByRole("listitem");
  await expect(cards.nth(0)).toContainText("Needs confirmation");
  expect(await violations(page)).toEqual([]);
  await cards.nth(0).getByRole("button", { name: "Delete task: #1 first" }).click();
  await expect(cards.nth(0)).toContainText("Done");
  await cards.nth(1).getByRole("button", { name: "No, leave it" }).click();
  await expect(cards.nth(1)).toContainText("Not done");
  expect(asked).toEqual([["ap1", true], ["ap1", true], ["ap2", false]]);
});

test("a limit is counted down, the draft stays, and then it can be sent", async ({ page, member }) => {
  let refusals = 0;
  await page.route("**/chat", (route) => {
    refusals += 1;
    if (refusals > 1) return route.fulfill(stream(start, said("Here I am."), finish));
    return route.fulfill({ status: 429, headers: { "retry-after": "2" }, contentType: "application/problem+json", body: '{"code":"rate_limited"}' });
  });
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "hello");
  await expect(panel.getByText(/You can send the next message in \d s/)).toBeVisible();
  await expect(panel.getByRole("textbox", { name: "Message" })).toHaveValue("hello");
  await expect(panel.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "true");
  await expect(panel.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "false");
  await panel.getByRole("button", { name: "Send" }).click();
  await expect(panel.getByText("Here I am.")).toBeVisible();
});

test("an answer that breaks off is told, and asked for again as the same message", async ({ page, member }) => {
  const keys = [];
  await page.route("**/chat", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length === 1) return route.fulfill(stream(start, said("I was just")));
    return route.fulfill(stream(start, said("All of it."), finish));
  });
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "tell me");
  await expect(panel.getByRole("alert")).toContainText("The answer broke off.");
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(panel.getByText("All of it.")).toBeVisible();
  await expect(panel.getByText("I was just")).toHaveCount(0);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("a turn is stopped by keyboard, and what was typed is in the field again", async ({ page, member }) => {
  await page.route("**/chat", () => {}); // never answered
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
  await expect(panel.getByRole("alert")).toContainText("Stopped");
  await expect(panel.getByRole("textbox", { name: "Message" })).toHaveValue("take your time\nplease");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Open assistant" })).toBeFocused();
});

test("what the assistant writes is text: no links, no images, no markup", async ({ page, member, complaints }) => {
  const text = '<img src=x onerror=alert(1)> [link](https://evil.example) ![i](https://evil.example/x.png) **bold**';
  await page.route("**/chat", (route) => route.fulfill(stream(start, said(text), finish)));
  await page.goto("/");
  const panel = await openAssistant(page);
  await ask(panel, "hello");
  await expect(panel.getByText("<img src=x")).toBeVisible();
  await expect(panel.locator(".log a, .log img")).toHaveCount(0);
  await expect(panel.locator("strong")).toHaveText("bold");
  expect(complaints).toEqual([]);
});

test("a question that is answered in words is settled, on its card too", async ({ page, member }) => {
  await member.add("one", "two", "three");
  await page.goto("/");
  const panel = await openAssistant(page);
  const say = async (words) => {
    await panel.getByRole("textbox", { name: "Message" }).fill(words);
    await page.keyboard.press("Enter");
  };
  await say("delete everything");
  const questions = panel.getByRole("listitem").filter({ hasText: "Needs confirmation" });
  await expect(questions).toHaveCount(3);
  await panel.getByRole("button", { name: "No, leave it" }).first().click();
  await expect(questions).toHaveCount(2);
  await say("yes");
  await expect(page.getByRole("heading", { name: "A clean page" }).or(page.getByRole("checkbox"))).toHaveCount(1);
  await expect(questions).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "No, leave it" })).toHaveCount(0);
  await expect(panel.getByText(/^#\d+$/)).toHaveCount(0);
});
