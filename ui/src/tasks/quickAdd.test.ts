import { expect, test, vi } from "vitest";
import { detailsOf, forgetKept, keepAsText, loadReader, readQuickAdd } from "./quickAdd";

const everything = { status: "all", words: "" } as const;

test("a line is read once the reader is loaded, and dismissed words stay in the title", async () => {
  expect(readQuickAdd("call mum #family")).toBeNull();
  loadReader();
  await vi.waitUntil(() => readQuickAdd("call mum #family"), { timeout: 60_000 });
  expect(readQuickAdd("call mum #family")).toMatchObject({ title: "call mum", tags: ["family"] });
  keepAsText("#family");
  expect(readQuickAdd("call mum #family")?.title).toBe("call mum #family");
  forgetKept();
  expect(readQuickAdd("call mum #family")?.title).toBe("call mum");
}, 60_000);

test("a new task belongs to the view in which it is written, unless its line says otherwise", () => {
  const line = { title: "x", due: "2026-12-01", tags: ["a"], list: "Home", priority: "high", parts: [] };
  expect(detailsOf(line, everything)).toEqual({ due: "2026-12-01", tags: ["a"], list: "Home", priority: "high" });
  expect(detailsOf(null, { ...everything, tag: "b", list: "Work" })).toEqual({ tags: ["b"], list: "Work" });
  expect(detailsOf(line, { ...everything, due: "today", list: "Work" }).due).toBe("2026-12-01");
  expect(detailsOf(null, { ...everything, due: "today" }).due).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(detailsOf(null, everything)).toEqual({});
});
