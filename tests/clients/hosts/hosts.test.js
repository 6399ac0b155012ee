// Each host as a whole: it connects with a personal access token, offers our tools to a model, runs the model's calls and gives it
// the results.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { signUp } from "../mcp/session.js";
import { hosts } from "./hosts.js";
import { startModel } from "./model.js";

async function personalToken(user) {
  const body = { name: "host", scopes: ["tasks:read", "tasks:write"], expires_in_days: 7 };
  return (await user.send("/tokens", { method: "POST", body: JSON.stringify(body) })).token;
}

for (const [name, run] of Object.entries(hosts)) {
  test(`${name} adds a task and reads the list`, async () => {
    const user = await signUp();
    const title = `buy milk ${randomBytes(4).toString("hex")}`;
    const model = await startModel(title);
    try {
      const printed = await run({ model: model.url, token: await personalToken(user), prompt: "Add milk, then read my list." });
      assert.match(printed, new RegExp(`I read: ${title}`));
    } finally {
      await model.stop();
    }
    assert.deepEqual((await user.send("/tasks")).map((task) => task.title), [title]);
  });
}
