// Runs the `console` blocks of README.md against BASE_URL, in one shell, and compares what they print; `…` stands for anything.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const base = process.env.BASE_URL;
if (!base) throw new Error("BASE_URL is not set");
const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```console\n(.*?)^```$/gms)].map((match) => match[1]);
const steps = blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map((step) => {
  const [command, ...printed] = step.trimEnd().split("\n");
  return { command: command.replaceAll("localhost:3000", base.replace(/^https?:\/\//, "")), printed: printed.join("\n") };
});
if (steps.length === 0) throw new Error("README.md has no console block");

const mark = "--next-command--";
const folder = mkdtempSync(join(tmpdir(), "readme-"));
const script = steps.map((step) => `${step.command}\necho; echo ${mark}`).join("\n");
const output = execFileSync("bash", ["-eu"], { cwd: folder, input: script, encoding: "utf8" }).split(`\n${mark}\n`);
rmSync(folder, { recursive: true });

for (const [index, { command, printed }] of steps.entries()) {
  const pattern = printed.split("…").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  if (!new RegExp(`^${pattern}$`, "s").test(output[index].trim())) {
    throw new Error(`README.md: ${command}\nshould print\n${printed}\nand prints\n${output[index]}`);
  }
}
console.log(`${steps.length} passed, 0 failed`);
