// Every page and state: nothing against WCAG 2.2 AA, nothing wider than the screen, and a picture of each in
// artifacts/pages (`make screenshots` runs this alone).
import { box, deleteInRow, expect, look, newTask, openAssistant, paste, stream, test } from "./app.js";

const everything = { google: true, password_reset: true, email_verification: true, delete_user: true };
const features = (page) => page.route("**/api/auth/features", (route) => route.fulfill({ json: everything }));
const problem = (status, headers = {}) => (route) => route.fulfill({ status, headers, contentType: "application/problem+json", body: "{}" });
const signed = "client_id=abc&scope=openid+tasks%3Aread+tasks%3Awrite+offline_access&redirect_uri=http%3A%2F%2F127.0.0.1%3A8912%2Fcb&sig=x";
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => expect(page.getByRole("heading", { name })).toBeVisible();

// Somebody without tasks.
const starters = {
  "tasks empty": async (page) => {
    await page.goto("/");
    await heading(page, "A clean page");
  },
  "tasks loading": async (page) => {
    await page.route("**/tasks?*", () => {}); // no response ever
    await page.goto("/");
    await expect(page.getByText("Loading your tasks…")).toBeAttached();
  },
  "tasks failed": async (page) => {
    await page.route("**/tasks?*", problem(503));
    await page.goto("/");
    await heading(page, "Your tasks could not be loaded");
  },
  "title too long": async (page) => {
    await page.goto("/");
    await newTask(page).fill("x".repeat(201));
    await page.keyboard.press("Enter");
    await expect(page.getByText("Keep it to 200 characters.")).toBeVisible();
  },
  "help @keyboard": async (page) => {
    await page.goto("/");
    await expect(newTask(page)).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  },
  "assistant welcome": async (page) => {
    await page.goto("/");
    await openAssistant(page);
  },
  "assistant working": async (page) => {
    await page.route("**/chat", () => {}); // no response ever
    await page.goto("/");
    await ask(await openAssistant(page));
    await expect(button(page, "Stop")).toBeVisible();
  },
  "assistant limited": async (page) => {
    await page.route("**/chat", problem(429, { "retry-after": "90" }));
    await page.goto("/");
    await ask(await openAssistant(page));
    await expect(page.getByText(/You can send the next message in/)).toBeVisible();
  },
  "assistant history": async (page) => {
    await page.route("**/conversations?*", (route) => route.fulfill({ json: conversations }));
    await page.goto("/");
    const panel = await openAssistant(page);
    await panel.getByRole("button", { name: "History" }).click();
    await expect(panel.getByText("What is still pending?")).toBeVisible();
  },
  "activity empty": async (page) => {
    await page.route("**/api/*/history*", (route) => route.fulfill({ json: [] }));
    await page.goto("/activity");
    await heading(page, "Nothing has changed yet");
  },
  "assistant offline": async (page) => {
    await page.route("**/chat/features", (route) => route.fulfill({ json: { language_model: false, languages: ["en", "de"] } }));
    await page.goto("/");
    const panel = await openAssistant(page);
    await expect(panel.getByText("Offline", { exact: true })).toBeVisible();
  },
  "assistant history empty": async (page) => {
    await page.goto("/conversations");
    await expect(page.getByText("No conversations yet")).toBeVisible();
  },
  "assistant conversation": async (page) => {
    const headers = { link: '</api/x/conversations/42?limit=100&before=9>; rel="next"' };
    await page.route("**/api/*/conversations/42", (route) => route.fulfill({ json: conversation, headers }));
    await page.goto("/conversations/42");
    await expect(page.getByText("I added it.")).toBeVisible();
    await expect(button(page, "Earlier messages")).toBeVisible();
  },
  settings: async (page) => {
    await features(page);
    await page.route("**/get-consents", (route) => route.fulfill({ json: [{ id: "c", clientId: "abc", createdAt: "2026-11-19T10:00:00.000Z" }] }));
    await page.route("**/public-client?*", (route) => route.fulfill({ json: { client_id: "abc", client_name: "Claude" } }));
    await page.goto("/settings");
    await expect(page.getByText("This device")).toBeVisible();
    await expect(button(page, "Disconnect Claude")).toBeVisible();
  },
  "settings delete account": async (page) => {
    await features(page);
    await page.goto("/settings");
    await button(page, "Delete my account…").click();
    await expect(page.getByLabel("Your password, to be sure", { exact: true })).toBeFocused();
  },
  consent: async (page) => {
    await page.route("**/public-client?*", (route) => route.fulfill({ json: { client_id: "abc", client_name: "Claude" } }));
    await page.goto(`/consent?${signed}`);
    await heading(page, "Connect Claude?");
    await expect(page.getByText("127.0.0.1:8912")).toBeVisible();
  },
  "consent not possible": async (page) => {
    await page.goto("/consent?client_id=abc");
    await heading(page, "This request cannot be used");
  },
};

// Somebody with a few.
const keepers = {
  tasks: async (page) => {
    await page.goto("/");
    await expect(box(page, "water plants")).toBeChecked();
  },
  "task edited": async (page) => {
    await page.goto("/");
    await button(page, 'Edit "buy milk"').click();
    await expect(page.getByRole("textbox", { name: "Notes" })).toHaveValue("oat, two litres");
  },
  "task overtaken": async (page) => {
    await page.route("**/tasks/1", (route) =>
      route.request().method() === "PATCH" ? route.fulfill({ status: 412, contentType: "application/problem+json", body: "{}" }) : route.fulfill({ json: { id: 1, title: "buy soy milk", description: "one litre", completed: false, updated_at: "x" } }),
    );
    await page.goto("/");
    await button(page, 'Edit "buy milk"').click();
    await page.keyboard.type("buy almond milk");
    await page.keyboard.press("Enter");
    await expect(page.getByText("changed elsewhere meanwhile")).toBeVisible();
  },
  "task deleted": async (page) => {
    await page.route("**/tasks/1", (route) => route.fulfill({ status: 204, headers: { "task-change": "9" } })); // the others look at it too
    await page.goto("/");
    await deleteInRow(page, "buy milk");
    await expect(button(page, "Undo")).toBeVisible();
  },
  "tasks selected": async (page) => {
    await page.goto("/");
    await box(page, "buy milk").focus();
    await page.keyboard.press("s");
    await expect(page.getByText("1 selected")).toBeVisible();
  },
  "tasks pasted": async (page) => {
    await page.goto("/");
    await paste(page, "Milk\nBread\nButter");
    await expect(button(page, "Add 3 tasks")).toBeVisible();
  },
  "account menu": async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: /^Account of/ }).click();
    await expect(button(page, "Sign out")).toBeVisible();
  },
  activity: async (page) => {
    await page.goto("/activity");
    await expect(page.getByText(/^Added/).first()).toBeVisible();
  },
  completed: async (page) => {
    await page.goto("/?status=completed");
    await expect(button(page, "Clear completed")).toBeVisible();
  },
  "nothing found": async (page) => {
    await page.goto("/?q=unicorn");
    await heading(page, "Nothing found");
  },
  "assistant cards": async (page) => {
    await page.route("**/chat", (route) => route.fulfill(turn));
    await page.goto("/");
    await ask(await openAssistant(page));
    await expect(page.getByText("Which one shall go?", { exact: true })).toBeVisible();
  },
  offline: async (page) => {
    await page.goto("/");
    await expect(box(page, "water plants")).toBeVisible();
    await page.route("**/get-session", (route) => route.abort());
    await page.reload();
    await expect(page.getByText("You are offline.")).toBeVisible();
    await expect(box(page, "water plants")).toBeVisible();
  },
};

const conversations = [
  { id: 42, title: "Add milk", created_at: "2026-11-20T10:00:00Z", updated_at: "2026-11-20T10:00:00Z" },
  { id: 41, title: "What is still pending?", created_at: "2026-11-19T10:00:00Z", updated_at: "2026-11-19T10:00:00Z" },
];
const call = { id: "a", name: "add_task", arguments: { title: "Milk" }, status: "done", result: { task: { id: 8, title: "Milk" } } };
const conversation = {
  ...conversations[0],
  running: false,
  messages: [
    { role: "user", text: "Add milk", created_at: "x" },
    { role: "assistant", text: "I added it.", tool_calls: [call], created_at: "x" },
  ],
};
const input = (toolCallId, toolName, args) => ({ type: "tool-input-available", toolCallId, toolName, input: args });
const turn = stream(
  { type: "start", messageMetadata: { conversation_id: 42 } },
  input("a", "add_task", { title: "Milk" }),
  { type: "tool-output-available", toolCallId: "a", output: { task: { id: 8, title: "Milk" } } },
  input("b", "complete_task", { task_id: 99 }),
  { type: "tool-output-error", toolCallId: "b", errorText: "There is no task #99." },
  input("c", "delete_task", { task_id: 1 }),
  { type: "tool-approval-request", approvalId: "p", toolCallId: "c" },
  { type: "text-delta", id: "t", delta: "I added **Milk**.\n\n- There is no task #99.\n- Which one shall go?" },
  { type: "finish", finishReason: "stop" },
);

async function ask(panel) {
  await panel.getByRole("textbox", { name: "Message" }).fill("Add milk, complete 99 and delete something");
  await panel.getByRole("button", { name: "Send" }).click();
}

for (const [name, show] of Object.entries(starters)) {
  test(`${name}`, async ({ page, context, starter }, info) => {
    await context.addCookies(starter);
    await show(page);
    await look(page, info, name);
  });
}

for (const [name, show] of Object.entries(keepers)) {
  test(`${name}`, async ({ page, context, keeper }, info) => {
    await context.addCookies(keeper);
    await show(page);
    await look(page, info, name);
  });
}
