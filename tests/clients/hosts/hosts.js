// How each host is told where the model and our server are. A host is a function of {model, token, prompt}; it returns what the
// host printed.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment, succeed } from "../mcp/program.js";
import { endpoint } from "../mcp/session.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const python = process.env.MCP_HOSTS_PYTHON;

const installed = (name) => join(here, "node_modules/.bin", name);
const authorization = (token) => ({ Authorization: `Bearer ${token}` });

/** Runs a program whose settings are a file below its home. */
function withSettings(file, settings, command, args, more) {
  const env = environment(more);
  const path = join(env.HOME, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, settings);
  return succeed(command, args, env);
}

/** Runs an agent of the folder `agents`. */
function agent(interpreter, name, { model, token, prompt }) {
  const env = environment({ MCP_URL: endpoint, TODO_TOKEN: token, MODEL_URL: model });
  return succeed(interpreter, [join(here, "agents", name), prompt], env);
}

/** Claude Code's program; its package would link it by a script. */
function claude() {
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`;
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), "../claude");
}

function claudeCode({ model, token, prompt }) {
  const servers = { mcpServers: { todo: { type: "http", url: endpoint, headers: authorization(token) } } };
  const args = ["-p", prompt, "--mcp-config", JSON.stringify(servers), "--strict-mcp-config", "--allowedTools", "mcp__todo"];
  const env = environment({ ANTHROPIC_BASE_URL: model, ANTHROPIC_API_KEY: "none", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", ENABLE_TOOL_SEARCH: "false" });
  return succeed(claude(), args, env);
}

function geminiCli({ model, token, prompt }) {
  const settings = {
    mcpServers: { todo: { httpUrl: endpoint, headers: authorization(token) } },
    security: { auth: { selectedType: "gemini-api-key" }, folderTrust: { enabled: false } },
    general: { enableAutoUpdate: false },
    privacy: { usageStatisticsEnabled: false },
  };
  const args = ["-p", prompt, "--approval-mode", "yolo", "-m", "gemini-2.5-flash"];
  const env = { GEMINI_API_KEY: "none", GOOGLE_GEMINI_BASE_URL: model };
  return withSettings(".gemini/settings.json", JSON.stringify(settings), installed("gemini"), args, env);
}

export const hosts = {
  "Claude Code": claudeCode,
  "Gemini CLI": geminiCli,
  "the AI SDK": (run) => agent(process.execPath, "with_ai_sdk.js", run),
  Mastra: (run) => agent(process.execPath, "with_mastra.js", run),
  LangChain: (run) => agent(python, "with_langchain.py", run),
  "OpenAI's Agents SDK": (run) => agent(python, "with_openai_agents.py", run),
  "Pydantic AI": (run) => agent(python, "with_pydantic_ai.py", run),
  "Google's ADK": (run) => agent(python, "with_google_adk.py", run),
};
