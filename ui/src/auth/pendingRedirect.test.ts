import { beforeEach, expect, test, vi } from "vitest";
import { readPendingRedirect, storePendingRedirect } from "./pendingRedirect";

const HOUR = 3_600_000;
const store = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => store.set(key, value),
  removeItem: (key: string) => store.delete(key),
});
beforeEach(() => store.clear());

test("the redirect is stored for an hour, and an empty one removes it", () => {
  storePendingRedirect("?client_id=a&sig=b", 5);
  expect(readPendingRedirect(HOUR)).toBe("?client_id=a&sig=b");
  expect(readPendingRedirect(HOUR + 5)).toBe("");
  storePendingRedirect("", 6);
  expect(readPendingRedirect(6)).toBe("");
});

test("a stored value that is no query is ignored", () => {
  for (const kept of ["{", "null", "7", '{"search":"//elsewhere","at":1}', '{"search":"?a=b"}']) {
    store.set("detour", kept);
    expect(readPendingRedirect(1)).toBe("");
  }
});
