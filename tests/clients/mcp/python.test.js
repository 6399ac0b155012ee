// The official Python SDK in both versions, and fastmcp as a library and as a program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dirname, join } from "node:path";
import { environment, python, script, succeed } from "./program.js";
import { endpoint, newToken } from "./session.js";
import { areTheTools } from "./story.js";

const clients = {
  "Python SDK 1": [python.v1, "official_v1.py"],
  "Python SDK 2, auto": [python.v2, "official_v2.py", "auto"],
  "Python SDK 2, legacy": [python.v2, "official_v2.py", "legacy"],
  "Python SDK 2, modern": [python.v2, "official_v2.py", "2026-07-28"],
  fastmcp: [python.v2, "fast.py"],
};

for (const [name, [interpreter, file, ...more]] of Object.entries(clients)) {
  test(`${name} keeps a list`, async () => {
    await succeed(interpreter, [script(file), ...more, endpoint], environment({ TOKEN: await newToken() }));
  });
}

test("the fastmcp program lists and calls tools", async () => {
  const program = join(dirname(python.v2), "fastmcp");
  const [token, env] = [await newToken(), environment({ FASTMCP_CHECK_FOR_UPDATES: "off" })];
  const listed = JSON.parse(await succeed(program, ["list", endpoint, "--auth", token, "--json"], env));
  areTheTools(listed.tools);
  const added = await succeed(program, ["call", endpoint, "add_task", "title=milk", "--auth", token, "--json"], env);
  assert.match(added, /milk/);
});
