import { defineConfig } from "vitest/config";

// Where `npm run dev` finds the API: the app as `make up` serves it.
const api = "http://localhost:3000";

export default defineConfig({
  css: {
    transformer: "lightningcss",
    lightningcss: { targets: { chrome: 111 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) } },
  },
  build: {
    target: ["chrome111", "firefox115", "safari16.4"],
    cssMinify: "lightningcss",
    // Everything is a file of its own: the Content-Security-Policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The auth routes compare the Origin with the address that the app is served on.
    proxy: { "/api": { target: api, headers: { origin: api } } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
