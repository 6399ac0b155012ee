// The official MCP client (TypeScript SDK) keeps a list.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, test } from "@playwright/test";
import { newAccount } from "./account.js";

async function connect(request, baseURL) {
  const signUp = await request.post("/api/auth/sign-up/email", { data: newAccount("Mia") });
  expect(signUp.status()).toBe(200);
  const { token } = await (await request.get("/api/auth/token")).json();
  const client = new Client({ name: "suite", version: "1.0.0" });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", baseURL), { requestInit: { headers } }));
  return client;
}

test("the official client keeps a list over MCP", async ({ request, baseURL }) => {
  const client = await connect(request, baseURL);
  await client.ping();
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(["add_task", "add_tasks", "list_tasks", "get_task", "complete_task", "complete_tasks", "update_task", "delete_task", "undo", "list_lists", "search", "fetch"]);
  for (const tool of tools) expect(tool).toMatchObject({ title: expect.any(String), outputSchema: { type: "object" } });

  const call = (name, args) => client.callTool({ name, arguments: args });
  const added = await call("add_task", { title: "buy milk" });
  expect(added.structuredContent).toMatchObject({ task: { id: 1, title: "buy milk", completed: false } });
  await call("complete_task", { task_id: 1 });
  const listed = await call("list_tasks", { status: "completed" });
  expect(listed.structuredContent.tasks).toHaveLength(1);
  const refused = await call("add_task", {});
  expect(refused.isError).toBe(true);
  await expect(client.callTool({ name: "nope" })).rejects.toThrow(/Unknown tool/);
  await client.close();
});
