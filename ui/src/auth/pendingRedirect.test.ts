import { beforeEach, expect, test, vi } from "vitest";
import { detour, keepDetour } from "./pendingRedirect";

const HOUR = 3_600_000;
const store = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => store.set(key, value),
  removeItem: (key: string) => store.delete(key),
});
beforeEach(() => store.clear());

test("the way is kept for an hour, and a way to nowhere forgets it", () => {
  keepDetour("?client_id=a&sig=b", 5);
  expect(detour(HOUR)).toBe("?client_id=a&sig=b");
  expect(detour(HOUR + 5)).toBe("");
  keepDetour("", 6);
  expect(detour(6)).toBe("");
});

test("what is no query is no way", () => {
  for (const kept of ["{", "null", "7", '{"search":"//elsewhere","at":1}', '{"search":"?a=b"}']) {
    store.set("detour", kept);
    expect(detour(1)).toBe("");
  }
});
