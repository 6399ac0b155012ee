import { beforeEach, expect, test, vi } from "vitest";
import { listHistory } from "./history";
import * as request from "./request";

vi.mock("./request", () => ({ send: vi.fn(), getPage: vi.fn(), readJson: (response: Response) => response.json() }));

const stored = {
  id: 7,
  made_at: "2026-11-28T10:00:00Z",
  kind: "complete",
  actor: "mcp",
  app: "Claude",
  conversation_id: null,
  turn: null,
  undoes: null,
  undone_by: 8,
  count: 30,
  tasks: [{ id: 1, title: "Milk", before: { completed: false }, after: { completed: true } }],
};

beforeEach(() => {
  vi.mocked(request.send).mockReset();
});

test("a page of the history says who changed what, and where the older changes are", async () => {
  const headers = { link: '</api/u1/history?before=7>; rel="next"' };
  vi.mocked(request.send).mockResolvedValue(Response.json([stored], { headers }));
  const page = await listHistory("u1", "mcp");
  expect(page.older).toBe("/api/u1/history?before=7");
  expect(page.changes[0]).toEqual({
    id: 7,
    kind: "complete",
    actor: "mcp",
    app: "Claude",
    count: 30,
    madeAt: "2026-11-28T10:00:00Z",
    conversation: null,
    undone: true,
    titles: ["Milk"],
  });
  expect(vi.mocked(request.send).mock.calls[0]?.[3]).toEqual({ query: { actor: "mcp" } });
});

test("a response that is no history is rejected", async () => {
  vi.mocked(request.send).mockResolvedValue(Response.json({ id: 1 }));
  await expect(listHistory("u1", null)).rejects.toThrow("history");
});
