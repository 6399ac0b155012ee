import { expect, test, vi } from "vitest";
import { withRetry } from "./retry";

const signal = new AbortController().signal;
const answer = (status: number, headers: Record<string, string> = {}) => new Response("", { status, headers });
vi.stubGlobal("navigator", { onLine: true });

/** What `insist` came to, and how long it waited before each further try. */
async function tried(...outcomes: readonly (Response | Error)[]) {
  const pauses: number[] = [];
  const attempt = vi.fn<() => Promise<Response>>();
  for (const outcome of outcomes) {
    if (outcome instanceof Error) attempt.mockRejectedValueOnce(outcome);
    else attempt.mockResolvedValueOnce(outcome);
  }
  const result = withRetry(attempt, signal, async (ms) => void pauses.push(ms));
  const status = await result.then((response) => response.status).catch((cause: Error) => cause.message);
  return { status, tries: attempt.mock.calls.length, pauses };
}

const broken = new TypeError("broken");

test("an answer is taken as it is, also a refusal", async () => {
  for (const status of [200, 404, 412, 429, 500, 504]) {
    expect(await tried(answer(status))).toEqual({ status, tries: 1, pauses: [] });
  }
});

test("a broken connection and a proxy with nobody behind it are waited for, each time longer", async () => {
  expect(await tried(broken, answer(502), broken, answer(200))).toEqual({
    status: 200,
    tries: 4,
    pauses: [300, 900, 2000],
  });
});

test("the fourth try is the last one", async () => {
  expect(await tried(broken, broken, broken, broken)).toMatchObject({ status: "broken", tries: 4 });
  expect(await tried(answer(502), answer(502), answer(502), answer(502))).toMatchObject({ status: 502, tries: 4 });
});

test("a server that is not there says when to come back, and is believed within reason", async () => {
  expect(await tried(answer(503, { "retry-after": "2" }), answer(200))).toMatchObject({ status: 200, pauses: [2000] });
  expect(await tried(answer(503, { "retry-after": "60" }))).toMatchObject({ status: 503, tries: 1 });
  const five = () => answer(503, { "retry-after": "5" });
  expect(await tried(five(), five())).toEqual({ status: 503, tries: 2, pauses: [5000] });
  expect(await tried(answer(503))).toMatchObject({ status: 503, tries: 1 });
});

test("what is still being carried out is asked for again, a conflict is not", async () => {
  const running = answer(409, { "retry-after": "5" });
  expect(await tried(broken, running, answer(200))).toEqual({ status: 200, tries: 3, pauses: [300, 5000] });
  expect(await tried(answer(409))).toMatchObject({ status: 409, tries: 1 });
});

test("without a connection, and when nobody waits any more, there is no second try", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  expect(await tried(broken)).toMatchObject({ status: "broken", tries: 1 });
  vi.stubGlobal("navigator", { onLine: true });
  const attempt = vi.fn().mockRejectedValue(broken);
  await expect(withRetry(attempt, AbortSignal.abort())).rejects.toBe(broken);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("a pause ends when nobody waits any more", async () => {
  const controller = new AbortController();
  const attempt = vi.fn().mockRejectedValue(broken);
  const result = withRetry(attempt, controller.signal);
  await vi.waitFor(() => expect(attempt).toHaveBeenCalledTimes(1));
  controller.abort(new Error("stopped"));
  await expect(result).rejects.toThrow("stopped");
  expect(attempt).toHaveBeenCalledTimes(1);
});
