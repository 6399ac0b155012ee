// Programs that make a stdio server of ours: this project's bridge under several hosts, and mcp-remote.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dirname, join } from "node:path";
import { writeFileSync } from "node:fs";
import { bridge, environment, installed, python, run, scratch, script, succeed } from "./program.js";
import { endpoint, newToken } from "./session.js";
import { areTheTools, keepsAList } from "./story.js";
import { modes, overStdio } from "./typescript.js";

async function bridgeEnvironment() {
  return environment({ MCP_URL: endpoint, MCP_TOKEN: await newToken() });
}

async function keepsAListWith(version, command, args, env, mode) {
  const session = await overStdio(version, command, args, env, mode);
  await keepsAList(session);
  await assert.rejects(session.callTool("nope", {}), /Unknown tool: nope/);
  await session.close();
}

test("the bridge under TypeScript v1", async () => {
  await keepsAListWith("v1", bridge, [], await bridgeEnvironment());
});

for (const mode of Object.keys(modes)) {
  test(`the bridge under TypeScript v2 ${mode}`, async () => {
    await keepsAListWith("v2", bridge, [], await bridgeEnvironment(), modes[mode]);
  });
}

for (const mode of ["auto", "legacy"]) {
  test(`the bridge under Python SDK 2 ${mode}`, async () => {
    await succeed(python.v2, [script("official_v2.py"), mode, bridge], await bridgeEnvironment());
  });
}

test("the bridge under the Inspector", async () => {
  const env = await bridgeEnvironment();
  const ask = ["--cli", "-e", `MCP_URL=${env.MCP_URL}`, "-e", `MCP_TOKEN=${env.MCP_TOKEN}`, "--format", "json", "-q"];
  const listed = JSON.parse(await succeed(installed("mcp-inspector"), [...ask, "--method", "tools/list", bridge], env));
  areTheTools((listed.result ?? listed).tools);
});

test("the bridge under fastmcp, which passes no environment on", async () => {
  const file = join(scratch(), "token");
  writeFileSync(file, await newToken(), { mode: 0o600 });
  const command = `${bridge} --url ${endpoint} --token-file ${file}`;
  const program = join(dirname(python.v2), "fastmcp");
  const listed = JSON.parse(await succeed(program, ["list", "--command", command, "--json"], environment()));
  areTheTools(listed.tools);
});

test("the bridge says what it lacks, to people and to its host", async () => {
  const { code, stderr } = await run(bridge, [], environment());
  assert.equal(code, 0);
  assert.match(stderr, /MCP_URL/);
  const env = environment({ MCP_URL: endpoint, MCP_TOKEN: "not-a-token" });
  await assert.rejects(overStdio("v1", bridge, [], env), /token/);
});

test("mcp-remote with a header under TypeScript v1", async () => {
  const args = [endpoint, "--transport", "http-only", "--header", `Authorization: Bearer ${await newToken()}`];
  await keepsAListWith("v1", installed("mcp-remote"), args, environment());
});
