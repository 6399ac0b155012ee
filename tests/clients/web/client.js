// Better Auth's official client with a cookie jar in place of the browser's.
import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";

export function clientWithCookies(baseURL) {
  const jar = new Map();
  const fetchWithCookies = async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set("origin", baseURL);
    if (jar.size) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split("; ");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (attributes.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const client = createAuthClient({ baseURL, plugins: [jwtClient()], fetchOptions: { customFetchImpl: fetchWithCookies } });
  return { client, fetchWithCookies };
}
