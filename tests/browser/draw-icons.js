// Draws the icons of the installed app from ui/public/favicon.svg: `npm --prefix tests run icons`, after it changed.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const folder = new URL("../../ui/public/", import.meta.url);
const svg = readFileSync(new URL("favicon.svg", folder), "utf8");
// A maskable icon is cut to any shape: its ground goes to the edge, its drawing stays in the middle.
const square = svg.replace(' rx="8"', "");
const shapes = [
  ["icon-192.png", 192, svg],
  ["icon-512.png", 512, svg],
  ["icon-maskable-512.png", 512, square],
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ["--no-sandbox"] });
for (const [name, size, drawing] of shapes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  await page.screenshot({ path: fileURLToPath(new URL(name, folder)), omitBackground: true });
  await page.close();
}
await browser.close();
