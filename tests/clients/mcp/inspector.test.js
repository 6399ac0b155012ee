// The Inspector's command line in each era.
import assert from "node:assert/strict";
import { test } from "node:test";
import { environment, installed, run, succeed } from "./program.js";
import { endpoint, newToken } from "./session.js";
import { areTheTools } from "./story.js";

const inspector = installed("mcp-inspector");
const basis = ["--cli", endpoint, "--transport", "http", "--format", "json", "-q"];

for (const era of ["legacy", "auto", "modern"]) {
  test(`the Inspector in era ${era} finds portable schemas and calls tools`, async () => {
    const env = environment();
    const ask = [...basis, "--protocol-era", era, "--header", `Authorization: Bearer ${await newToken()}`];
    const listed = JSON.parse(await succeed(inspector, [...ask, "--method", "tools/list", "--strict"], env));
    areTheTools((listed.result ?? listed).tools);
    const call = [...ask, "--method", "tools/call", "--tool-name"];
    const added = JSON.parse(await succeed(inspector, [...call, "add_task", "--tool-arg", "title=milk"], env));
    assert.equal((added.result ?? added).structuredContent.task.title, "milk");
    const failed = await run(inspector, [...call, "complete_task", "--tool-arg", "task_id=99"], env);
    assert.equal(failed.code, 5, `a tool's error has an exit code of its own: ${failed.stderr}`);
  });
}

test("the Inspector without a token learns that one is needed", async () => {
  const { code, stderr } = await run(inspector, [...basis, "--method", "tools/list", "--no-open"], environment());
  assert.notEqual(code, 0, stderr);
});
