// An agent of the AI SDK: with_ai_sdk.js PROMPT.
import { createMCPClient } from "@ai-sdk/mcp";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, isStepCount } from "ai";

const { MCP_URL, MODEL_URL, TODO_TOKEN } = process.env;
const headers = { Authorization: `Bearer ${TODO_TOKEN}` };
const client = await createMCPClient({ transport: { type: "http", url: MCP_URL, headers } });
const provider = createOpenAICompatible({ name: "scripted", baseURL: `${MODEL_URL}/v1` });
const { text } = await generateText({
  model: provider("scripted"),
  tools: await client.tools(),
  stopWhen: isStepCount(5),
  prompt: process.argv[2],
});
console.log(text);
await client.close();
