import { expect, test, vi } from "vitest";
import { withRetry } from "./retry";

const signal = new AbortController().signal;
const respond = (status: number, headers: Record<string, string> = {}) => new Response("", { status, headers });
vi.stubGlobal("navigator", { onLine: true });

/** The outcome of `withRetry`, and its pause before each further attempt. */
async function run(...outcomes: readonly (Response | Error)[]) {
  const pauses: number[] = [];
  const attempt = vi.fn<() => Promise<Response>>();
  for (const outcome of outcomes) {
    if (outcome instanceof Error) attempt.mockRejectedValueOnce(outcome);
    else attempt.mockResolvedValueOnce(outcome);
  }
  const result = withRetry(attempt, signal, async (ms) => void pauses.push(ms));
  const status = await result.then((response) => response.status).catch((cause: Error) => cause.message);
  return { status, attempts: attempt.mock.calls.length, pauses };
}

const broken = new TypeError("broken");

test("a final response is returned as it is, also an error", async () => {
  for (const status of [200, 404, 412, 429, 500, 504]) {
    expect(await run(respond(status))).toEqual({ status, attempts: 1, pauses: [] });
  }
});

test("a broken connection and a proxy without a server are retried, each time after a longer pause", async () => {
  expect(await run(broken, respond(502), broken, respond(200))).toEqual({
    status: 200,
    attempts: 4,
    pauses: [300, 900, 2000],
  });
});

test("the fourth attempt is the last one", async () => {
  expect(await run(broken, broken, broken, broken)).toMatchObject({ status: "broken", attempts: 4 });
  expect(await run(respond(502), respond(502), respond(502), respond(502))).toMatchObject({ status: 502, attempts: 4 });
});

test("an unavailable server's Retry-After is followed, up to a limit", async () => {
  expect(await run(respond(503, { "retry-after": "2" }), respond(200))).toMatchObject({ status: 200, pauses: [2000] });
  expect(await run(respond(503, { "retry-after": "60" }))).toMatchObject({ status: 503, attempts: 1 });
  const five = () => respond(503, { "retry-after": "5" });
  expect(await run(five(), five())).toEqual({ status: 503, attempts: 2, pauses: [5000] });
  expect(await run(respond(503))).toMatchObject({ status: 503, attempts: 1 });
});

test("a request that is still running is retried, a conflict is not", async () => {
  const running = respond(409, { "retry-after": "5" });
  expect(await run(broken, running, respond(200))).toEqual({ status: 200, attempts: 3, pauses: [300, 5000] });
  expect(await run(respond(409))).toMatchObject({ status: 409, attempts: 1 });
});

test("without a connection, and after an abort, there is no second attempt", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  expect(await run(broken)).toMatchObject({ status: "broken", attempts: 1 });
  vi.stubGlobal("navigator", { onLine: true });
  const attempt = vi.fn().mockRejectedValue(broken);
  await expect(withRetry(attempt, AbortSignal.abort())).rejects.toBe(broken);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("a pause ends with an abort", async () => {
  const controller = new AbortController();
  const attempt = vi.fn().mockRejectedValue(broken);
  const result = withRetry(attempt, controller.signal);
  await vi.waitFor(() => expect(attempt).toHaveBeenCalledTimes(1));
  controller.abort(new Error("stopped"));
  await expect(result).rejects.toThrow("stopped");
  expect(attempt).toHaveBeenCalledTimes(1);
});
