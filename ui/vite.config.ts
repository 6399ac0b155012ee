import { Features } from "lightningcss";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Where `npm run dev` finds the API: the app as `make up` serves it.
const api = "http://localhost:3000";
const targets = ["chrome111", "firefox115", "safari16.4"];

export default defineConfig({
  plugins: [compileAhead(), serviceWorker()],
  css: {
    transformer: "lightningcss",
    lightningcss: {
      targets: { chrome: 111 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) },
      // It would become a question for the language, which says nothing of a title that somebody has typed.
      exclude: Features.DirSelector,
    },
  },
  build: {
    target: targets,
    cssMinify: "lightningcss",
    // Everything is a file of its own: the Content-Security-Policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What these make in Better Auth's packages is used by servers alone.
      treeshake: { manualPureFunctions: ["makeErrorForHideStackFrame", "Object.freeze"] },
      input: { index: "index.html", sw: "src/worker/sw.ts" },
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        // One file for the first page, one for each part that is loaded later; what parts share goes with the first.
        codeSplitting: {
          groups: [
            { name: "app", priority: 3, tags: ["$initial"], test: /^(?!.*\/src\/worker\/)/ },
            {
              name: "assistant",
              priority: 2,
              // What the settings use of it too is a file of its own.
              entriesAware: true,
              test: /\/src\/(assistant\/|strings\/(en\/)?assistant\.)/,
            },
            { name: "account", priority: 1, test: /\/src\/(auth\/account|strings\/(en\/)?account)\./ },
          ],
        },
      },
    },
  },
  server: {
    // The auth routes compare the Origin with the address that the app is served on.
    proxy: { "/api": { target: api, headers: { origin: api } } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});

/** Tells the service worker which files this build has; their names say whether it knows them already. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") throw new Error("the service worker is missing");
      const files = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
      const list = JSON.stringify(["/", "/favicon.svg", ...files.map((name) => `/${name}`)]);
      worker.code = worker.code.replace(/["'`]__FILES__["'`]/, () => JSON.stringify(list));
    },
  };
}

/**
 * Has Chrome compile the first file beside the main thread while it arrives: nearly all of it runs at the start. The hint
 * must be the first line (https://v8.dev/blog/explicit-compile-hints), before what Vite inserts.
 */
function compileAhead(): Plugin {
  return {
    name: "compile-ahead",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const first = Object.values(bundle).find((file) => file.type === "chunk" && file.name === "app");
        if (first?.type !== "chunk") throw new Error("the first file is missing");
        first.code = `//# allFunctionsCalledOnLoad\n${first.code}`;
      },
    },
  };
}
