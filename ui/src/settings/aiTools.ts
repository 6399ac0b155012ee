// How to set up each AI tool with an MCP server (Streamable HTTP, OAuth): what to run, or what to write where. Pure.

import type { settingsStrings } from "../strings/settings";

export interface SetupStep {
  readonly text: keyof typeof settingsStrings.connect.steps;
  readonly code: string;
}

export interface AiTool {
  readonly name: string;
  /** The address that opens the program and asks it to add the server. */
  readonly link?: (server: string) => string;
  readonly steps: (server: string) => readonly SetupStep[];
}

export const aiTools: Readonly<Record<string, AiTool>> = {
  claude: { name: "Claude", steps: (server) => [{ text: "claude", code: server }] },
  "claude-code": {
    name: "Claude Code",
    steps: (server) => [{ text: "claude-code", code: `claude mcp add --transport http todo ${server}` }],
  },
  gemini: {
    name: "Gemini CLI",
    steps: (server) => [
      { text: "gemini", code: `gemini mcp add --transport http todo ${server}` },
      { text: "gemini-file", code: json({ mcpServers: { todo: { httpUrl: server } } }) },
    ],
  },
  cursor: {
    name: "Cursor",
    link: (server) =>
      `cursor://anysphere.cursor-deeplink/mcp/install?name=todo&config=${encodeURIComponent(btoa(JSON.stringify({ url: server })))}`,
    steps: (server) => [{ text: "cursor", code: json({ mcpServers: { todo: { url: server } } }) }],
  },
  vscode: {
    name: "VS Code",
    link: (server) =>
      `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name: "todo", type: "http", url: server }))}`,
    steps: (server) => [{ text: "vscode", code: json({ servers: { todo: { type: "http", url: server } } }) }],
  },
  codex: {
    name: "Codex CLI",
    steps: (server) => [{ text: "codex", code: `codex mcp add todo --url ${server}\ncodex mcp login todo` }],
  },
  other: {
    name: "",
    steps: (server) => [{ text: "other", code: json({ mcpServers: { todo: { type: "http", url: server } } }) }],
  },
};

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}
