import { expect, test } from "vitest";
import type { Session } from "./auth/session";
import { conversationAt, decide, nextIn, oauthQuery, pageAt } from "./router";

const member: Session = {
  kind: "user",
  user: { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false },
};
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

test("pages for anybody are shown before it is known who is there", () => {
  for (const [path, page] of [
    ["/forgot-password", "forgot"],
    ["/reset-password", "reset"],
    ["/verified", "verified"],
  ] as const) {
    expect(decide(at(path), { kind: "unknown" })).toEqual({ kind: "show", page });
  }
});

test("a conversation has an address", () => {
  expect(pageAt("/conversations/12")).toBe("conversations");
  expect(conversationAt("/conversations/12")).toBe(12);
  expect(conversationAt("/conversations")).toBeNull();
  for (const path of ["/conversations/0", "/conversations/x", "/conversations/1/2"])
    expect(pageAt(path)).toBe("not-found");
});

test("who connects an app signs in for it, and comes back to the question", () => {
  const signed = "?client_id=abc&scope=openid&sig=x";
  expect(oauthQuery(signed)).toBe(signed.slice(1));
  expect(oauthQuery(`${signed}&error=access_denied&error_description=No`)).toBe(signed.slice(1));
  expect(oauthQuery("?client_id=abc")).toBeNull();
  expect(decide(at("/sign-in", signed), member)).toEqual({ kind: "show", page: "sign-in" });
  const decision = decide(at("/consent", signed), guest);
  expect(decision.kind === "go" && nextIn(decision.to.slice("/sign-in".length))).toBe(`/consent${signed}`);
});

test("a refusal that comes back to the first page is told where people sign in", () => {
  expect(decide(at("/", "?error=access_denied"), guest)).toEqual({ kind: "go", to: "/sign-in?error=access_denied" });
});
