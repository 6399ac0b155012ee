// The official TypeScript clients by HTTP: version 1, and version 2 in each way to agree on a protocol.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newToken } from "./session.js";
import { keepsAList } from "./story.js";
import { modes, overHttp } from "./typescript.js";

const clients = [["v1", undefined], ...Object.keys(modes).map((mode) => ["v2", mode])];

for (const [version, mode] of clients) {
  test(`TypeScript ${version} ${mode ?? ""} keeps a list`, async () => {
    const session = await overHttp(version, await newToken(), modes[mode]);
    if (version === "v2") {
      assert.equal(session.client.getProtocolEra(), mode === "default" ? "legacy" : "modern");
    }
    if (mode === undefined || mode === "default") await session.client.ping();
    await keepsAList(session);
    await assert.rejects(session.callTool("nope", {}), /Unknown tool: nope/);
    await session.close();
  });
}
