// Better Auth's own client on our own origin, and the access token for the API that it brings.

import { createAuthClient } from "better-auth/client";
import { jwtClient } from "better-auth/client/plugins";
import { withRetry } from "../api/retry";
import { TokenCache } from "./token";

/** The header in which the response to get-session carries an access token. */
const TOKEN_HEADER = "set-auth-jwt";

export const authClient = createAuthClient({
  plugins: [jwtClient()],
  fetchOptions: {
    customFetchImpl: (address, init) => {
      const attempt = () => fetch(address, init);
      return init?.method === "GET" ? withRetry(attempt, init.signal ?? new AbortController().signal) : attempt();
    },
    onSuccess: ({ response }) => {
      const token = response.headers.get(TOKEN_HEADER);
      if (token) accessToken.store(token);
    },
  },
});

/** The server issued no access token for the session. */
export class NoTokenError extends Error {
  constructor(readonly status: number) {
    super("no access token");
  }
}

export const accessToken = new TokenCache(async () => {
  const { data, error } = await authClient.token();
  if (error) throw new NoTokenError(error.status);
  return data.token;
}, Date.now);
