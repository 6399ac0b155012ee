// A page of another origin in a real browser. It is on the same host, so the browser does send the cookies along.
import { createServer } from "node:http";
import { expect, test } from "@playwright/test";
import { newAccount } from "./account.js";

const ATTACKS = [
  ["/update-user", { name: "Mallory" }],
  ["/revoke-sessions", {}],
  ["/sign-out", {}],
  ["/sign-in/email", { email: "mallory@example.com", password: "not of interest" }],
];

/** A site of somebody else; its pages are empty. */
async function otherSite() {
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>x</title>"));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

test("a page of another origin changes nothing, whatever it sends", async ({ page, baseURL }) => {
  const account = newAccount("Ann");
  await page.goto(baseURL);
  const signedUp = await page.evaluate(async (body) => {
    const response = await fetch("/api/auth/sign-up/email", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return response.status;
  }, account);
  expect(signedUp).toBe(200);

  const site = await otherSite();
  try {
    const seen = [];
    page.on("response", (response) => { if (response.url().startsWith(baseURL)) seen.push(response.status()); });
    for (const [path, body] of ATTACKS) {
      await page.goto(site.url);
      const url = `${baseURL}/api/auth${path}`;
      // JSON asks first (a preflight); a form and text do not.
      await page.evaluate(([url, body]) => fetch(url, { method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).catch(() => {}), [url, body]);
      await page.evaluate(([url, body]) => fetch(url, { method: "POST", credentials: "include", mode: "no-cors", body: new URLSearchParams(body) }).catch(() => {}), [url, body]);
      await page.evaluate(([url]) => fetch(url, { method: "POST", credentials: "include", mode: "no-cors" }).catch(() => {}), [url]);
      const posted = page.waitForResponse((response) => response.url() === url && response.request().isNavigationRequest());
      await page.evaluate(([url, body]) => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = url;
        for (const [name, value] of Object.entries(body)) {
          const field = document.createElement("input");
          [field.name, field.value] = [name, value];
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      }, [url, body]);
      expect((await posted).status(), path).toBeGreaterThanOrEqual(400);
      await page.waitForURL(url);
    }
    expect(seen.length).toBeGreaterThanOrEqual(ATTACKS.length * 3);
    expect(seen.filter((status) => status < 400 && status !== 204), "nothing was done").toEqual([]);

    await page.goto(site.url);
    const read = await page.evaluate((url) => fetch(url, { credentials: "include" }).then((response) => response.text()).catch(() => "unreadable"), `${baseURL}/api/auth/get-session`);
    expect(read, "nor is anything told").toBe("unreadable");
  } finally {
    site.close();
  }
  await page.goto(baseURL);
  const session = await page.evaluate(() => fetch("/api/auth/get-session").then((response) => response.json()));
  expect(session.user.name).toBe(account.name);
});
