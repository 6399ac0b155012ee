// Which page an address shows, and navigation between pages by the History API.

import { signal } from "@preact/signals";
import type { Session } from "./auth/session";

/** Whom a page is for. A page for anyone is shown before the session is known. */
const audience = {
  tasks: "member",
  conversations: "member",
  activity: "member",
  settings: "member",
  consent: "member",
  "sign-in": "guest",
  "sign-up": "guest",
  forgot: "anyone",
  reset: "anyone",
  verified: "anyone",
  "app-refused": "anyone",
  "not-found": "anyone",
} as const;

export type PageName = keyof typeof audience;

export type RouteDecision =
  | { readonly kind: "wait" }
  | { readonly kind: "show"; readonly page: PageName }
  | { readonly kind: "go"; readonly to: string };

export interface PageAddress {
  readonly path: string;
  readonly search: string;
}

export const HOME = "/";
export const SIGN_IN = "/sign-in";
export const SIGN_UP = "/sign-up";
export const FORGOT = "/forgot-password";
export const RESET = "/reset-password";
export const VERIFIED = "/verified";
export const CONSENT = "/consent";
/** Says why an app cannot be connected. */
export const APP_REFUSED = "/app-refused";
/** Opens the assistant with its history, or one conversation with its id. */
export const CONVERSATIONS = "/conversations";
export const ACTIVITY = "/activity";
export const SETTINGS = "/settings";

const pages: Readonly<Record<string, PageName>> = {
  [HOME]: "tasks",
  [SIGN_IN]: "sign-in",
  [SIGN_UP]: "sign-up",
  [FORGOT]: "forgot",
  [RESET]: "reset",
  [VERIFIED]: "verified",
  [APP_REFUSED]: "app-refused",
  [CONSENT]: "consent",
  [CONVERSATIONS]: "conversations",
  [ACTIVITY]: "activity",
  [SETTINGS]: "settings",
};

/** The page to show, or where to go, for an address and a session. No wrong page is shown, not even for a moment. */
export function decideRoute(address: PageAddress, session: Session): RouteDecision {
  const refusal = appRefusal(address);
  if (refusal !== null) return { kind: "go", to: refusal };
  const page = pageAt(address.path);
  const show: RouteDecision = { kind: "show", page };
  if (audience[page] === "anyone") return show;
  if (session.kind === "unknown" || session.kind === "unreachable") return { kind: "wait" };
  const member = session.kind === "user";
  if (audience[page] === "member") {
    if (member) return show;
    return { kind: "go", to: session.why === "left" || session.why === "deleted" ? SIGN_IN : signInFor(address) };
  }
  // An app's authorization request shows the sign-in page to a signed-in user too.
  return member && oauthQuery(address.search) === null ? { kind: "go", to: nextPath(address.search) } : show;
}

export function pageAt(path: string): PageName {
  return /^\/conversations\/[1-9]\d{0,17}$/.test(path) ? "conversations" : (pages[path] ?? "not-found");
}

/** The id of the conversation at this address. */
export function conversationIdAt(path: string): number | null {
  const id = Number(path.slice(CONVERSATIONS.length + 1));
  return path.startsWith(`${CONVERSATIONS}/`) && id > 0 ? id : null;
}

/** The signed authorization request of an app, which the sign-in page passes on; null without one. */
export function oauthQuery(search: string): string | null {
  const query = new URLSearchParams(search);
  // The server adds these after a failed attempt; they are not signed.
  for (const name of ["error", "error_description"]) query.delete(name);
  return query.has("sig") && query.has("client_id") ? query.toString() : null;
}

/** Errors of an app's request that signing in does not mend. */
const appErrors = ["invalid_client", "client_disabled", "invalid_redirect"];

/** The page about the error of an app with which the server sends the browser to the first page; null for another address. */
function appRefusal({ path, search }: PageAddress): string | null {
  const error = path === HOME ? new URLSearchParams(search).get("error") : null;
  return error !== null && appErrors.includes(error) ? `${APP_REFUSED}?error=${error}` : null;
}

function signInFor({ path, search }: PageAddress): string {
  const error = path === HOME ? new URLSearchParams(search).get("error") : null;
  if (error !== null) return `${SIGN_IN}?error=${encodeURIComponent(error)}`;
  const here = path + search;
  return here === HOME ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(here)}`;
}

/** Where the user was going before signing in; always a page of this app. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? HOME;
  const base = "http://here.invalid";
  if (!next.startsWith("/") || !URL.canParse(next, base)) return HOME;
  const url = new URL(next, base);
  const ours = url.origin === base && audience[pageAt(url.pathname)] === "member";
  return ours ? url.pathname + url.search : HOME;
}

export const currentAddress = signal<PageAddress>({ path: HOME, search: "" });

/** Keeps `currentAddress` up to date with the address bar. */
export function watchAddress(): void {
  readAddress();
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => {
    readAddress();
    restoreScroll();
  });
  // The position belongs to the history entry, which also survives a reload.
  addEventListener("scrollend", keepScroll);
  addEventListener("pagehide", keepScroll);
  restoreScroll();
}

/** What this app stores in a history entry. */
interface HistoryEntry {
  readonly scroll?: number;
}

const currentEntry = () => (history.state ?? {}) as HistoryEntry;

function keepScroll(): void {
  history.replaceState({ ...currentEntry(), scroll: scrollY }, "");
}

/** How long a page may take until it is long enough to be scrolled to where it was. */
const RESTORE_MS = 3000;

/** Scrolls to where this entry was left, as soon as the page is long enough and unless the user scrolls. */
function restoreScroll(): void {
  const { scroll = 0 } = currentEntry();
  const until = performance.now() + RESTORE_MS;
  const path = location.href;
  const step = () => {
    if (location.href !== path) return;
    scrollTo(0, scroll);
    if (scrollY < scroll - 1 && performance.now() < until) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (to === location.pathname + location.search) return;
  const before = location.pathname;
  if (how === "push") {
    keepScroll();
    history.pushState(null, "", to);
  } else history.replaceState(history.state, "", to);
  readAddress();
  if (how === "push" && location.pathname !== before) scrollTo(0, 0);
}

function readAddress(): void {
  currentAddress.value = { path: location.pathname, search: location.search };
}
