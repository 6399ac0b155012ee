import { expect, test } from "vitest";
import { lifetimeMs, TokenCache } from "./token";

function jwt(name: string, iat: number, exp: number): string {
  return `h.${btoa(JSON.stringify({ iat, exp, name })).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.s`;
}

function holder(tokens: readonly string[]) {
  const clock = { now: 0 };
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return tokens[asked - 1] ?? Promise.reject(new Error("none left"));
  };
  return { clock, held: new TokenCache(ask, () => clock.now), asked: () => asked };
}

test("a token is requested once and cached until a minute before it expires", async () => {
  const { clock, held, asked } = holder([jwt("one", 0, 900), jwt("two", 0, 900)]);
  const [first, second] = await Promise.all([held.get(), held.get()]);
  expect(first).toBe(second);
  clock.now = 839_999;
  expect(await held.get()).toBe(first);
  expect(asked()).toBe(1);
  clock.now = 840_000;
  expect(await held.get()).not.toBe(first);
  expect(asked()).toBe(2);
});

test("a clock that is years off does no harm", async () => {
  const { clock, held, asked } = holder([jwt("one", 1_900_000_000, 1_900_000_900)]);
  clock.now = 1_000;
  await held.get();
  await held.get();
  expect(asked()).toBe(1);
});

test("a rejected token is replaced, and the late rejection of an older one changes nothing", async () => {
  const { held, asked } = holder([jwt("one", 0, 900), jwt("two", 0, 900)]);
  const first = await held.get();
  held.reject(first);
  const second = await held.get();
  held.reject(first);
  expect(await held.get()).toBe(second);
  expect(asked()).toBe(2);
});

test("a failure is not cached", async () => {
  let working = false;
  const held = new TokenCache(
    async () => {
      if (!working) throw new Error("offline");
      return jwt("one", 0, 900);
    },
    () => 0,
  );
  await expect(held.get()).rejects.toThrow("offline");
  working = true;
  expect(await held.get()).toBe(jwt("one", 0, 900));
});

test("a token that was requested for one user is not cached for the next", async () => {
  let respond: (token: string) => void = () => undefined;
  const held = new TokenCache(
    () =>
      new Promise((resolve) => {
        respond = resolve;
      }),
    () => 0,
  );
  const before = held.get();
  held.forget();
  respond(jwt("left", 0, 900));
  await before;
  const after = held.get();
  respond(jwt("came", 0, 900));
  expect(await after).toBe(jwt("came", 0, 900));
  expect(await held.get()).toBe(jwt("came", 0, 900));
});

test("a text that is no token has no lifetime", () => {
  for (const text of ["", "a.b.c", "a.!!!.c", `a.${btoa("[]")}.c`, `a.${btoa('{"exp":"x","iat":1}')}.c`]) {
    expect(lifetimeMs(text)).toBe(0);
  }
});
