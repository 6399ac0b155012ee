// The files by which catalogues of MCP servers know this one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { environment, python, succeed } from "./program.js";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const read = (name) => readFileSync(join(project, name), "utf8");

test("server.json is valid by the registry's schema and rules", async () => {
  const checked = await succeed(join(dirname(python.v1), "skillsaw"), ["lint", join(project, "clients")], environment());
  assert.match(checked, /mcp-registry/, "it was recognised as a registry's file");
});

test("the catalogues name this version and this endpoint", () => {
  const [, version] = read("Cargo.toml").match(/^version = "(.*)"$/m);
  assert.equal(JSON.parse(read("clients/server.json")).version, version);
  for (const file of ["server.json", "kubectl-ai.yaml", "docker/todo.yaml", "docker/gordon-mcp.yml"]) {
    assert.match(read(`clients/${file}`), /:\/\/\S+\/mcp"?,?$/m, file);
  }
});
