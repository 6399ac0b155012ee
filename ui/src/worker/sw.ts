// The service worker: caches the app's own files, so that it opens without a connection, and shows notifications. It
// never handles /api: only the server says who is signed in and what is on the list.

/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

import { handleNotifications } from "./notifications";

/** Inserted by the build: the page and its files. */
const files = JSON.parse("__FILES__") as string[];
/** Named after the files, so that each build has its own cache. */
const CACHE = `files ${hash(files.join())}`;
const PAGE = "/";
/** How long the server's page may take before the cached one is used. */
const PAGE_TIMEOUT_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(fillCache().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOldCaches().then(() => self.clients.claim()));
});

handleNotifications();

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && isPage(pathname)) event.respondWith(page(request));
  else if (files.includes(pathname) && pathname !== PAGE) event.respondWith(file(request));
});

function isPage(path: string): boolean {
  return !/^\/(api|mcp|assets|\.well-known|health|ready)(\/|$)/.test(path) && !path.includes(".");
}

/** The server's page, or the cached one if the server does not respond. */
async function page(request: Request): Promise<Response> {
  const signal = AbortSignal.timeout(PAGE_TIMEOUT_MS);
  try {
    return await fetch(request.url, { signal, credentials: "same-origin", headers: { accept: "text/html" } });
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

/** A file that an older build cached under the same name is copied from there. */
async function fillCache(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map(async (name) => {
      const known = name.startsWith("/assets/") ? await caches.match(name) : undefined;
      if (known) await cache.put(name, known);
      else await cache.add(new Request(name, { headers: { accept: "text/html,*/*" }, cache: "no-cache" }));
    }),
  );
}

async function removeOldCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

function hash(text: string): string {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}
