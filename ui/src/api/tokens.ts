// The operations of personal access tokens.

import type { components } from "./openapi";
import { readJson, send } from "./request";
import { isObject, type JsonValue, SchemaError } from "./schema";

type Schemas = components["schemas"];

/** A personal access token as it is listed, without its secret. */
export type PersonalToken = Pick<Schemas["PersonalToken"], "id" | "name" | "start" | "expires_at" | "last_used_at"> & {
  readonly canWrite: boolean;
};

/** What a user says about a new token. */
export type NewPersonalToken = Schemas["NewPersonalToken"];

const TOKENS = "/api/{user_id}/tokens";

/** All tokens, the newest first. */
export async function listTokens(user: string): Promise<PersonalToken[]> {
  const json = await readJson(await send("get", TOKENS, { user_id: user }));
  if (!Array.isArray(json)) throw new SchemaError("tokens");
  return json.map(readToken);
}

/** Makes a token and returns its secret, which no other response holds. */
export async function addToken(user: string, token: NewPersonalToken): Promise<string> {
  const json = await readJson(await send("post", TOKENS, { user_id: user }, { body: token }));
  if (!isObject(json) || typeof json.token !== "string") throw new SchemaError("token");
  return json.token;
}

export async function revokeToken(user: string, id: string): Promise<void> {
  await send("delete", `${TOKENS}/{token_id}`, { user_id: user, token_id: id });
}

function readToken(json: JsonValue): PersonalToken {
  if (!isObject(json)) throw new SchemaError("token");
  const { id, name, start, scopes, expires_at, last_used_at } = json;
  if (typeof id !== "string" || typeof name !== "string" || typeof start !== "string") throw new SchemaError("token");
  return {
    id,
    name,
    start,
    canWrite: Array.isArray(scopes) && scopes.includes("tasks:write"),
    expires_at: typeof expires_at === "string" ? expires_at : null,
    last_used_at: typeof last_used_at === "string" ? last_used_at : null,
  };
}
