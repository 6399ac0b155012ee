// The official conformance suite on both wires, with authentication on. What this server does not offer (prompts,
// resources, sampling, the suite's own test tools) is expected to fail, by name: a new failure fails the test, and so
// does one on the lists that no longer fails.
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { environment, scratch, succeed } from "./program.js";
import { startProxy } from "./proxy.js";
import { endpoint, newToken } from "./session.js";

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const suite = beside("node_modules/@modelcontextprotocol/conformance/dist/index.js");

let proxy;
before(async () => {
  proxy = await startProxy(endpoint, await newToken());
});
after(() => proxy.close());

const conform = (...args) => succeed(process.execPath, [suite, "server", "--url", proxy.url, ...args], environment());

const passing = {
  "2026-07-28": [
    "tools-list",
    "dns-rebinding-protection",
    "http-header-validation",
    "server-sse-multiple-streams",
    "input-required-result-unsupported-methods",
  ],
  "2025-11-25": ["server-initialize", "ping", "tools-list", "dns-rebinding-protection"],
};

for (const [version, scenarios] of Object.entries(passing)) {
  for (const scenario of scenarios) {
    test(`${version} ${scenario}`, () => conform("--scenario", scenario, "--spec-version", version));
  }
}

for (const scenario of ["server-stateless", "caching"]) {
  test(`2026-07-28 ${scenario}, what concerns this server`, () =>
    conform("--scenario", scenario, "--spec-version", "2026-07-28", "--expected-failures", beside("conformance/todo-baseline.yml")));
}

for (const version of ["2026-07-28", "2025-11-25"]) {
  const expected = beside(`conformance/full-baseline-${version}.yml`);
  test(`all that ${version} requires`, () =>
    conform("--requirements", version, "--expected-failures", expected, "-o", scratch()));
}
