// The official TypeScript SDKs as the story wants them.
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as StdioV1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from "@modelcontextprotocol/client";
import { StdioClientTransport as StdioV2 } from "@modelcontextprotocol/client/stdio";
import { endpoint } from "./session.js";

const info = { name: "suite", version: "1.0.0" };

/** The negotiation modes of version 2; `default` is what it does unasked. */
export const modes = { default: undefined, auto: "auto", modern: { pin: "2026-07-28" } };

const make = {
  v1: { client: () => new ClientV1(info), Http: HttpV1, Stdio: StdioV1 },
  v2: {
    client: (mode) => new ClientV2(info, mode && { versionNegotiation: { mode } }),
    Http: HttpV2,
    Stdio: StdioV2,
  },
};

async function connected(client, transport) {
  await client.connect(transport);
  return {
    client,
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  };
}

/** A client connected by HTTP. */
export function overHttp(version, token, mode) {
  const { client, Http } = make[version];
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  return connected(client(mode), new Http(new URL(endpoint), { requestInit }));
}

/** A client connected to a program it starts. */
export function overStdio(version, command, args, env, mode) {
  const { client, Stdio } = make[version];
  return connected(client(mode), new Stdio({ command, args, env, stderr: "inherit" }));
}
