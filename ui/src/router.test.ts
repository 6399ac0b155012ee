import { expect, test } from "vitest";
import type { Session } from "./auth/session";
import { conversationIdAt, decideRoute, nextPath, oauthQuery, pageAt } from "./router";

const member: Session = {
  kind: "user",
  user: { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false },
};
const guest: Session = { kind: "guest", why: "never" };
const at = (path: string, search = "") => ({ path, search });

test("no page is shown before it is known who is there", () => {
  for (const path of ["/", "/sign-in", "/sign-up"]) {
    expect(decideRoute(at(path), { kind: "unknown" })).toEqual({ kind: "wait" });
  }
});

test("a guest is sent to sign in and remembers where to", () => {
  expect(decideRoute(at("/"), guest)).toEqual({ kind: "go", to: "/sign-in" });
  const decision = decideRoute(at("/", "?status=pending"), { kind: "guest", why: "expired" });
  expect(decision).toEqual({ kind: "go", to: "/sign-in?next=%2F%3Fstatus%3Dpending" });
});

test("who signed out does not come back to where that was", () => {
  expect(decideRoute(at("/", "?status=pending"), { kind: "guest", why: "left" })).toEqual({
    kind: "go",
    to: "/sign-in",
  });
});

test("a member goes on to where the sign-in page was asked from", () => {
  expect(decideRoute(at("/sign-in", "?next=%2F%3Fstatus%3Dpending"), member)).toEqual({
    kind: "go",
    to: "/?status=pending",
  });
  expect(decideRoute(at("/sign-up"), member)).toEqual({ kind: "go", to: "/" });
});

test("an unknown address is not found for anybody", () => {
  for (const session of [member, guest, { kind: "unknown" } as const]) {
    expect(decideRoute(at("/nowhere"), session)).toEqual({ kind: "show", page: "not-found" });
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
  for (const next of bad) expect(nextPath(`?next=${encodeURIComponent(next)}`), next).toBe("/");
  expect(nextPath("")).toBe("/");
});

test("pages for anybody are shown before it is known who is there", () => {
  for (const [path, page] of [
    ["/forgot-password", "forgot"],
    ["/reset-password", "reset"],
    ["/verified", "verified"],
  ] as const) {
    expect(decideRoute(at(path), { kind: "unknown" })).toEqual({ kind: "show", page });
  }
});

test("a conversation has an address", () => {
  expect(pageAt("/conversations/12")).toBe("conversations");
  expect(conversationIdAt("/conversations/12")).toBe(12);
  expect(conversationIdAt("/conversations")).toBeNull();
  for (const path of ["/conversations/0", "/conversations/x", "/conversations/1/2"])
    expect(pageAt(path)).toBe("not-found");
});

test("who connects an app signs in for it, and comes back to the question", () => {
  const signed = "?client_id=abc&scope=openid&sig=x";
  expect(oauthQuery(signed)).toBe(signed.slice(1));
  expect(oauthQuery(`${signed}&error=access_denied&error_description=No`)).toBe(signed.slice(1));
  expect(oauthQuery("?client_id=abc")).toBeNull();
  expect(decideRoute(at("/sign-in", signed), member)).toEqual({ kind: "show", page: "sign-in" });
  const decision = decideRoute(at("/consent", signed), guest);
  expect(decision.kind === "go" && nextPath(decision.to.slice("/sign-in".length))).toBe(`/consent${signed}`);
});

test("a refusal that comes back to the first page is told where people sign in", () => {
  expect(decideRoute(at("/", "?error=access_denied"), guest)).toEqual({
    kind: "go",
    to: "/sign-in?error=access_denied",
  });
});
