// Official clients on their own way in: from 401 by discovery, registration and the user's browser to a tool call.
import assert from "node:assert/strict";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from "@modelcontextprotocol/client";
import { consent } from "./browser.js";
import { environment, installed, python, scratch, succeed } from "./program.js";
import { base, endpoint } from "./session.js";
import { areTheTools, keepsAList } from "./story.js";
import { modes, overStdio } from "./typescript.js";

const info = { name: "suite", version: "1.0.0" };
const v1 = { name: "TypeScript v1", client: () => new ClientV1(info), Http: HttpV1 };
const v2 = Object.entries(modes).map(([name, mode]) => ({
  name: `TypeScript v2 ${name}`,
  client: () => new ClientV2(info, mode && { versionNegotiation: { mode } }),
  Http: HttpV2,
  all: true,
}));

/** What a client keeps between its requests; the browser is opened in `redirectToAuthorization`. */
class Memory {
  redirectUrl = "http://localhost:39123/callback";
  clientMetadata = {
    client_name: "Suite",
    redirect_uris: [this.redirectUrl],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  };
  constructor(scope) {
    this.allowed = scope;
  }
  state = () => "state-1";
  clientInformation = () => this.client;
  saveClientInformation = (client) => void (this.client = client);
  tokens = () => this.saved;
  saveTokens = (tokens) => void (this.saved = tokens);
  codeVerifier = () => this.verifier;
  saveCodeVerifier = (verifier) => void (this.verifier = verifier);
  saveDiscoveryState = (state) => void (this.discovered = state);
  discoveryState = () => this.discovered;
  redirectToAuthorization = async (url) => void (this.callback = new URL(await consent(url, { scope: this.allowed })));
}

/** Lets the client find out that it must log in, and goes through with it. */
async function logIn({ client, Http, all }, memory) {
  const connect = () => new Http(new URL(endpoint), { authProvider: memory });
  const transport = connect();
  await assert.rejects(client().connect(transport), /Unauthorized/i);
  const parameters = memory.callback.searchParams;
  assert.equal(parameters.get("state"), "state-1");
  assert.equal(parameters.get("iss"), `${base}/api/auth`);
  await transport.finishAuth(all ? parameters : parameters.get("code"));
  const session = client();
  await session.connect(connect());
  return session;
}

const story = (session) => ({
  listTools: async () => (await session.listTools()).tools,
  callTool: (name, args) => session.callTool({ name, arguments: args }),
});

for (const sdk of [v1, ...v2]) {
  test(`${sdk.name} logs in and keeps a list`, async () => {
    const memory = new Memory();
    const session = await logIn(sdk, memory);
    await keepsAList(story(session));
    await session.close();
    assert.ok(memory.client.client_id);
  });

  test(`${sdk.name} refreshes a token that is no longer good`, async () => {
    const memory = new Memory();
    await (await logIn(sdk, memory)).close();
    const before = memory.saved;
    memory.saved = { ...before, access_token: `${before.access_token.slice(0, -6)}AAAAAA` };
    const session = sdk.client();
    await session.connect(new sdk.Http(new URL(endpoint), { authProvider: memory }));
    areTheTools((await session.listTools()).tools);
    await session.close();
    assert.notEqual(memory.saved.refresh_token, before.refresh_token);
  });
}

test("TypeScript v2 asks for more when a tool needs it", async () => {
  const memory = new Memory("tasks:read");
  const sdk = v2[0];
  const session = await logIn(sdk, memory);
  assert.deepEqual((await session.callTool({ name: "list_tasks", arguments: {} })).structuredContent.tasks, []);
  memory.allowed = undefined;
  memory.callback = undefined;
  await assert.rejects(session.callTool({ name: "add_task", arguments: { title: "milk" } }));
  assert.ok(memory.callback?.searchParams.get("code"), "the browser was opened again");
});

/** An environment in which programs open the browser of `browser.js`. */
function withBrowser() {
  const folder = scratch();
  const opener = join(folder, "browser"); // xdg-open leaves a BROWSER of its own name alone
  const browser = fileURLToPath(new URL("browser.js", import.meta.url));
  writeFileSync(opener, `#!/bin/sh\n"${process.execPath}" "${browser}" "$1" >"${folder}/log" 2>&1 &\n`);
  chmodSync(opener, 0o755);
  symlinkSync(opener, join(folder, "xdg-open"));
  const path = `${folder}:${process.env.PATH}`;
  return environment({ PATH: path, BROWSER: opener, BASE_URL: base, MCP_AUTO_OPEN_ENABLED: "true" });
}

test("mcp-remote logs in under TypeScript v1", async () => {
  const session = await overStdio("v1", installed("mcp-remote"), [endpoint, "--transport", "http-only"], withBrowser());
  await keepsAList(session);
  await session.close();
});

test("the Inspector logs in and calls a tool", async () => {
  const ask = ["--cli", endpoint, "--transport", "http", "--format", "json", "-q", "--protocol-era", "auto"];
  const call = ["--method", "tools/call", "--tool-name", "add_task", "--tool-arg", "title=milk"];
  const added = JSON.parse(await succeed(installed("mcp-inspector"), [...ask, ...call], withBrowser()));
  assert.equal((added.result ?? added).structuredContent.task.title, "milk");
});

test("fastmcp logs in and calls a tool", async () => {
  const program = join(dirname(python.v2), "fastmcp");
  const env = { ...withBrowser(), FASTMCP_CHECK_FOR_UPDATES: "off" };
  const added = await succeed(program, ["call", endpoint, "add_task", "title=milk", "--auth", "oauth", "--json"], env);
  assert.match(added, /"title":\s*\\?"milk/, added);
});
