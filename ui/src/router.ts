// Which page an address stands for, and moving between them by the History API.

import { signal } from "@preact/signals";
import type { Session } from "./session";

export type Page = "tasks" | "sign-in" | "sign-up" | "not-found";

export type Decision =
  | { readonly kind: "wait" }
  | { readonly kind: "show"; readonly page: Page }
  | { readonly kind: "go"; readonly to: string };

export interface Place {
  readonly path: string;
  readonly search: string;
}

export const HOME = "/";
export const SIGN_IN = "/sign-in";
export const SIGN_UP = "/sign-up";

/** What to do at a place with what is known of the session: never the wrong page, not even for a moment. */
export function decide(place: Place, session: Session): Decision {
  const page = pageAt(place.path);
  if (page === "not-found") return { kind: "show", page };
  if (session.kind === "unknown" || session.kind === "unreachable") return { kind: "wait" };
  const member = session.kind === "user";
  if (page === "tasks") {
    if (member) return { kind: "show", page };
    return { kind: "go", to: session.why === "left" ? SIGN_IN : signInFor(place) };
  }
  return member ? { kind: "go", to: nextIn(place.search) } : { kind: "show", page };
}

function pageAt(path: string): Page {
  switch (path) {
    case HOME:
      return "tasks";
    case SIGN_IN:
      return "sign-in";
    case SIGN_UP:
      return "sign-up";
    default:
      return "not-found";
  }
}

function signInFor({ path, search }: Place): string {
  const here = path + search;
  return here === HOME ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(here)}`;
}

/** Where somebody was going before signing in; only ever a page of ours. */
export function nextIn(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? HOME;
  const base = "http://here.invalid";
  if (!next.startsWith("/") || !URL.canParse(next, base)) return HOME;
  const url = new URL(next, base);
  const ours = url.origin === base && pageAt(url.pathname) === "tasks";
  return ours ? url.pathname + url.search : HOME;
}

export const place = signal<Place>({ path: HOME, search: "" });

/** Follows the address bar from now on. */
export function watchAddress(): void {
  readAddress();
  addEventListener("popstate", readAddress);
}

export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (to === location.pathname + location.search) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", to);
  readAddress();
}

function readAddress(): void {
  place.value = { path: location.pathname, search: location.search };
}
