// The only `fetch` of the app to its own API: operations of the OpenAPI document, with the access token of whoever is
// signed in. Whatever may be sent twice is, while the server cannot be reached for a moment.

import { accessToken, NoToken, reloadSession } from "../auth/client";
import { language } from "../strings/language";
import type { paths } from "./openapi";
import { Problem } from "./problem";
import { insist } from "./retry";
import { type Json, readProblem } from "./schema";

const TIMEOUT_MS = 20_000;

type Path = keyof paths;
type Method = "get" | "post" | "patch" | "delete";
type Of<P extends Path, M extends Method> = Exclude<paths[P][M], undefined>;
type Places<O> = O extends { parameters: { path: infer Found } } ? Found : never;
type Query<O> = O extends { parameters: { query?: infer Found } } ? Found : never;
type Content<O> = O extends { requestBody?: infer Found } ? JsonIn<NonNullable<Found>> : never;
type JsonIn<Found> = Found extends { content: { "application/json": infer Body } } ? Body : never;

interface Options<O> {
  readonly query?: Query<O>;
  readonly body?: Content<O>;
  /** Sent as it is, in place of a body. */
  readonly file?: Blob;
  readonly type?: string;
  readonly accept?: string;
  /** The same request under the same key is carried out once. */
  readonly key?: string;
  /** A POST that comes to the same when it is carried out twice. */
  readonly repeatable?: boolean;
  /** Only if the task still has this version; `*` for any. */
  readonly match?: string;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

/** Carries out an operation. Throws a `Problem` when it is refused or gets no answer. */
export function send<P extends Path, M extends Method>(
  method: M,
  path: P,
  places: Places<Of<P, M>>,
  options: Options<Of<P, M>> = {},
): Promise<Response> {
  const query = new URLSearchParams(Object.entries(options.query ?? {}).map(([name, value]) => [name, String(value)]));
  const address = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String((places as Named)[name])));
  return authorized(method, query.size === 0 ? address : `${address}?${query}`, options);
}

type Named = { readonly [name: string]: unknown };

/** The page at an address that an answer of ours has named. */
export function follow(address: string): Promise<Response> {
  return authorized("get", address, {});
}

/** Once more with a new token when the first one is refused. */
async function authorized(method: Method, address: string, options: Options<unknown>): Promise<Response> {
  const first = await token();
  const response = await request(method, address, options, first);
  if (response.status !== 401) return accepted(response);
  accessToken.refuse(first);
  const again = await request(method, address, options, await token());
  if (again.status === 401) await reloadSession();
  return accepted(again);
}

async function token(): Promise<string> {
  try {
    return await accessToken.get();
  } catch (cause) {
    const status = cause instanceof NoToken ? cause.status : 0;
    if (status === 401) await reloadSession();
    throw new Problem(status, "no_token");
  }
}

async function request(method: Method, address: string, options: Options<unknown>, bearer: string): Promise<Response> {
  const { body, file, key, repeatable = key !== undefined, signal } = options;
  const timeout = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS);
  const either = signal ? anySignal(signal, timeout) : timeout;
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: headersOf(options, bearer),
    body: body === undefined ? (file ?? null) : JSON.stringify(body),
    signal: either,
    credentials: "omit",
    cache: "no-store",
  };
  const attempt = () => fetch(address, init);
  try {
    // A change says what shall be; only some POSTs would do it twice.
    return await (method === "post" && !repeatable ? attempt() : insist(attempt, either));
  } catch {
    throw new Problem(0, timeout.aborted ? "timeout" : signal?.aborted ? "aborted" : "offline");
  }
}

function headersOf({ body, type, accept, key, match }: Options<unknown>, bearer: string): Headers {
  const headers = new Headers({ accept: accept ?? "application/json", authorization: `Bearer ${bearer}` });
  const content = type ?? (body === undefined ? undefined : "application/json");
  const all = { "content-type": content, "accept-language": language, "idempotency-key": key, "if-match": match };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) headers.set(name, value);
  return headers;
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const document = readProblem(await json(response).catch(() => null));
  throw Problem.answered(response.status, document, response.headers.get("retry-after"));
}

export async function json(response: Response): Promise<Json> {
  return (await response.json()) as Json;
}

/** 128 bits at random; `randomUUID` is only there on pages that are served safely. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `AbortSignal.any`, which browsers of early 2023 do not have yet. */
function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
