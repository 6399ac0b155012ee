// Starts the programs under test: each with a home folder of its own, so that none finds what another kept.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** A program of this folder's packages. */
export const installed = (name) => join(here, "node_modules/.bin", name);
/** A script of the Python suites. */
export const script = (name) => join(here, "python", name);
/** The environments of the Python SDK's two versions, which exclude each other. */
export const python = { v1: need("MCP_PYTHON_V1"), v2: need("MCP_PYTHON_V2") };
/** The stdio bridge. */
export const bridge = need("TODO_MCP");

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`scripts/test.sh mcp_clients\`.`);
  return value;
}

const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests of a file have ended. */
export function scratch() {
  folders.push(mkdtempSync(join(tmpdir(), "mcp-")));
  return folders.at(-1);
}

/** The environment of a program: what it needs of ours, and `more`. */
export function environment(more = {}) {
  const home = scratch();
  return { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, ".config"), NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1", ...more };
}

/** Runs a program in its home to its end and returns {code, stdout, stderr}. */
export function run(command, args, env) {
  return new Promise((resolve) => {
    const options = { env, cwd: env.HOME, timeout: 120_000, maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr });
    });
    child.stdin.end();
  });
}

/** The same for one that must succeed; returns what it printed. */
export async function succeed(command, args, env) {
  const { code, stdout, stderr } = await run(command, args, env);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
