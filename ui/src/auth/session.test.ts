import { expect, test } from "vitest";
import { nextSession, type Session, type SessionQuery } from "./session";

const user = { id: "u1", name: "Ada", email: "ada@example.com", emailVerified: false };
const unknown: Session = { kind: "unknown" };
const member: Session = { kind: "user", user };
const still: SessionQuery = { data: null, error: null, isPending: false, isRefetching: false };

test("the session does not change while the query runs", () => {
  expect(nextSession(unknown, { ...still, isPending: true })).toBe(unknown);
  expect(nextSession(member, { ...still, isRefetching: true })).toBe(member);
  const left: Session = { kind: "guest", why: "left" };
  expect(nextSession(left, { ...still, data: { user }, isRefetching: true })).toBe(left);
});

test("a guest was never signed in, or the session has expired", () => {
  expect(nextSession(unknown, still)).toEqual({ kind: "guest", why: "never" });
  expect(nextSession(member, still)).toEqual({ kind: "guest", why: "expired" });
  expect(nextSession(member, { ...still, error: { status: 401 } })).toEqual({ kind: "guest", why: "expired" });
});

test("a user who signed out stays signed out when the server confirms it", () => {
  const left: Session = { kind: "guest", why: "left" };
  expect(nextSession(left, still)).toBe(left);
});

test("a server that cannot be reached ends no session", () => {
  expect(nextSession(member, { ...still, data: { user }, error: { status: 503 } })).toBe(member);
  expect(nextSession(unknown, { ...still, error: {} })).toEqual({ kind: "unreachable" });
});

test("the same user again is the same object", () => {
  expect(nextSession(member, { ...still, data: { user: { ...user } } })).toBe(member);
  expect(nextSession(member, { ...still, data: { user: { ...user, name: "A. L." } } })).not.toBe(member);
});
