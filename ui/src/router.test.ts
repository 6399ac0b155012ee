import { expect, test } from "vitest";
import type { Session } from "./auth/session";
import { conversationIdAt, decideRoute, nextPath, oauthQuery, pageAt } from "./router";

const member: Session = {
  kind: "user",
  user: { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false },
};
const guest: Session = { kind: "guest", why: "never" };
const at = (path: string, search = "") => ({ path, search });

test("no page is shown before the session is known", () => {
  for (const path of ["/", "/sign-in", "/sign-up"]) {
    expect(decideRoute(at(path), { kind: "unknown" })).toEqual({ kind: "wait" });
  }
});

test("a guest is sent to sign in, with the address to return to", () => {
  expect(decideRoute(at("/"), guest)).toEqual({ kind: "go", to: "/sign-in" });
  const decision = decideRoute(at("/", "?status=pending"), { kind: "guest", why: "expired" });
  expect(decision).toEqual({ kind: "go", to: "/sign-in?next=%2F%3Fstatus%3Dpending" });
});

test("a user who signed out does not return to the page where that was", () => {
  expect(decideRoute(at("/", "?status=pending"), { kind: "guest", why: "left" })).toEqual({
    kind: "go",
    to: "/sign-in",
  });
});

test("a signed-in user goes on to the page that asked for the sign-in", () => {
  expect(decideRoute(at("/sign-in", "?next=%2F%3Fstatus%3Dpending"), member)).toEqual({
    kind: "go",
    to: "/?status=pending",
  });
  expect(decideRoute(at("/sign-up"), member)).toEqual({ kind: "go", to: "/" });
});

test("an unknown address is not found, whoever asks", () => {
  for (const session of [member, guest, { kind: "unknown" } as const]) {
    expect(decideRoute(at("/nowhere"), session)).toEqual({ kind: "show", page: "not-found" });
  }
});

test("the next page is always one of this app", () => {
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

test("pages for anyone are shown before the session is known", () => {
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

test("a user who connects an app signs in first and returns to the consent page", () => {
  const signed = "?client_id=abc&scope=openid&sig=x";
  expect(oauthQuery(signed)).toBe(signed.slice(1));
  expect(oauthQuery(`${signed}&error=access_denied&error_description=No`)).toBe(signed.slice(1));
  expect(oauthQuery("?client_id=abc")).toBeNull();
  expect(decideRoute(at("/sign-in", signed), member)).toEqual({ kind: "show", page: "sign-in" });
  const decision = decideRoute(at("/consent", signed), guest);
  expect(decision.kind === "go" && nextPath(decision.to.slice("/sign-in".length))).toBe(`/consent${signed}`);
});

test("an error that the first page receives is passed to the sign-in page", () => {
  expect(decideRoute(at("/", "?error=access_denied"), guest)).toEqual({
    kind: "go",
    to: "/sign-in?error=access_denied",
  });
});

test("an app that is not known is told to members and guests alike", () => {
  for (const session of [member, guest, { kind: "unknown" } as const]) {
    expect(decideRoute(at("/", "?error=invalid_client&error_description=x"), session)).toEqual({
      kind: "go",
      to: "/app-refused?error=invalid_client",
    });
    expect(decideRoute(at("/app-refused", "?error=invalid_client"), session)).toEqual({
      kind: "show",
      page: "app-refused",
    });
  }
});
