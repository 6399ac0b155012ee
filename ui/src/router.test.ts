import { expect, test } from "vitest";
import { decide, nextIn } from "./router";
import type { Session } from "./session";

const member: Session = { kind: "user", user: { id: "u1", name: "Ada", email: "ada@example.com" } };
const guest: Session = { kind: "guest", why: "never" };
const at = (path: string, search = "") => ({ path, search });

test("no page is shown before it is known who is there", () => {
  for (const path of ["/", "/sign-in", "/sign-up"]) {
    expect(decide(at(path), { kind: "unknown" })).toEqual({ kind: "wait" });
  }
});

test("a guest is sent to sign in and remembers where to", () => {
  expect(decide(at("/"), guest)).toEqual({ kind: "go", to: "/sign-in" });
  const decision = decide(at("/", "?status=pending"), { kind: "guest", why: "expired" });
  expect(decision).toEqual({ kind: "go", to: "/sign-in?next=%2F%3Fstatus%3Dpending" });
});

test("who signed out does not come back to where that was", () => {
  expect(decide(at("/", "?status=pending"), { kind: "guest", why: "left" })).toEqual({ kind: "go", to: "/sign-in" });
});

test("a member goes on to where the sign-in page was asked from", () => {
  expect(decide(at("/sign-in", "?next=%2F%3Fstatus%3Dpending"), member)).toEqual({
    kind: "go",
    to: "/?status=pending",
  });
  expect(decide(at("/sign-up"), member)).toEqual({ kind: "go", to: "/" });
});

test("an unknown address is not found for anybody", () => {
  for (const session of [member, guest, { kind: "unknown" } as const]) {
    expect(decide(at("/nowhere"), session)).toEqual({ kind: "show", page: "not-found" });
  }
});

test("next is only ever a page of ours", () => {
  const bad = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/sign-in",
    "javascript:alert(1)",
    "x",
    "",
  ];
  for (const next of bad) expect(nextIn(`?next=${encodeURIComponent(next)}`), next).toBe("/");
  expect(nextIn("")).toBe("/");
});
