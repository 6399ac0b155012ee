// An agent of Mastra: with_mastra.js PROMPT.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { Agent } from "@mastra/core/agent";
import { MCPClient } from "@mastra/mcp";

const { MCP_URL, MODEL_URL, TODO_TOKEN } = process.env;
const headers = { Authorization: `Bearer ${TODO_TOKEN}` };
const servers = new MCPClient({ servers: { todo: { url: new URL(MCP_URL), requestInit: { headers } } } });
const provider = createOpenAICompatible({ name: "scripted", baseURL: `${MODEL_URL}/v1` });
const agent = new Agent({
  id: "todo",
  name: "todo",
  instructions: "Keep the list.",
  model: provider("scripted"),
  tools: await servers.listTools(),
});
const { text } = await agent.generate(process.argv[2], { maxSteps: 5 });
console.log(text);
await servers.disconnect();
