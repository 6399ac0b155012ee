// The service worker: keeps the app's own files, so that it opens without a connection. It never touches /api: who is
// signed in and what is on the list is the server's word alone.

/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

/** Put in by the build: the page and its files. */
const files = JSON.parse("__FILES__") as string[];
/** Named after them, so that another build has a cache of its own. */
const CACHE = `files ${hash(files.join())}`;
const PAGE = "/";
/** So long a page may take where the one at hand would do. */
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

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

/** The server's page while it answers; the one at hand when it does not. */
async function page(request: Request): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(request.url, { signal, credentials: "same-origin", headers: { accept: "text/html" } });
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

/** What an older build had under the same name is taken from there. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map(async (name) => {
      const known = name.startsWith("/assets/") ? await caches.match(name) : undefined;
      if (known) await cache.put(name, known);
      else await cache.add(new Request(name, { headers: { accept: "text/html,*/*" }, cache: "no-cache" }));
    }),
  );
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

function hash(text: string): string {
  let sum = 0;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}
