// The only place that calls the app's own API: it sends an operation of the OpenAPI document with the user's access
// token. A request that is safe to repeat is retried while the server is briefly unreachable.

import { accessToken, NoTokenError } from "../auth/client";
import { reloadSession } from "../auth/currentSession";
import { language } from "../strings/language";
import type { paths } from "./openapi";
import { ApiError, loadProblemTexts } from "./problem";
import { withRetry } from "./retry";
import { type JsonValue, readProblem } from "./schema";

const TIMEOUT_MS = 20_000;

type Path = keyof paths;
type Method = "get" | "post" | "patch" | "delete";
type Operation<P extends Path, M extends Method> = Exclude<paths[P][M], undefined>;
type PathParams<O> = O extends { parameters: { path: infer Found } } ? Found : never;
type QueryParams<O> = O extends { parameters: { query?: infer Found } } ? Found : never;
type RequestBody<O> = O extends { requestBody?: infer Found } ? JsonBody<NonNullable<Found>> : never;
type JsonBody<Found> = Found extends { content: { "application/json": infer Body } } ? Body : never;

interface RequestOptions<O> {
  readonly query?: QueryParams<O>;
  readonly body?: RequestBody<O>;
  /** Sent unchanged in place of a JSON body. */
  readonly file?: Blob;
  readonly type?: string;
  readonly accept?: string;
  /** The idempotency key: the server carries out requests with the same key once. */
  readonly key?: string;
  /** A POST that has the same effect when it is carried out twice. */
  readonly repeatable?: boolean;
  /** `If-Match`: the version that the task must still have; `*` for any. */
  readonly match?: string;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
  /** The request outlives the page. */
  readonly keepalive?: boolean;
}

/** Carries out an operation. Throws an `ApiError` when the server rejects it or sends no response. */
export function send<P extends Path, M extends Method>(
  method: M,
  path: P,
  params: PathParams<Operation<P, M>>,
  options: RequestOptions<Operation<P, M>> = {},
): Promise<Response> {
  const query = new URLSearchParams(Object.entries(options.query ?? {}).map(([name, value]) => [name, String(value)]));
  const values = params as { readonly [name: string]: unknown };
  const address = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])));
  return sendAuthorized(method, query.size === 0 ? address : `${address}?${query}`, options);
}

/** Carries out an operation that the document's types do not have. */
export function sendTo(
  method: Method,
  address: string,
  options: Omit<RequestOptions<unknown>, "body"> & { readonly body?: object } = {},
): Promise<Response> {
  return sendAuthorized(method, address, options as RequestOptions<unknown>);
}

/** Gets the page at an address that one of our own responses named. */
export function getPage(address: string): Promise<Response> {
  return sendAuthorized("get", address, {});
}

/** Sends once more with a new token when the server rejects the first one. */
async function sendAuthorized(method: Method, address: string, options: RequestOptions<unknown>): Promise<Response> {
  const first = await getToken();
  const response = await fetchWithToken(method, address, options, first);
  if (response.status !== 401) return requireSuccess(response);
  accessToken.reject(first);
  const second = await fetchWithToken(method, address, options, await getToken());
  if (second.status === 401) await reloadSession();
  return requireSuccess(second);
}

async function getToken(): Promise<string> {
  try {
    return await accessToken.get();
  } catch (cause) {
    const status = cause instanceof NoTokenError ? cause.status : 0;
    if (status === 401) await reloadSession();
    throw new ApiError(status, "no_token");
  }
}

async function fetchWithToken(
  method: Method,
  address: string,
  options: RequestOptions<unknown>,
  bearer: string,
): Promise<Response> {
  const { body, file, key, repeatable = key !== undefined, signal, keepalive = false } = options;
  const timeout = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS);
  const stop = signal ? anySignal(signal, timeout) : timeout;
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: headersOf(options, bearer),
    body: body === undefined ? (file ?? null) : JSON.stringify(body),
    signal: stop,
    credentials: "omit",
    cache: "no-store",
    keepalive,
  };
  const attempt = () => fetch(address, init);
  try {
    // Every method but POST has the same effect when it is carried out twice.
    return await (method === "post" && !repeatable ? attempt() : withRetry(attempt, stop));
  } catch {
    throw new ApiError(0, timeout.aborted ? "timeout" : signal?.aborted ? "aborted" : "offline");
  }
}

function headersOf({ body, type, accept, key, match }: RequestOptions<unknown>, bearer: string): Headers {
  const headers = new Headers({ accept: accept ?? "application/json", authorization: `Bearer ${bearer}` });
  const content = type ?? (body === undefined ? undefined : "application/json");
  const conditions = { "idempotency-key": key, "if-match": match };
  const optional = { "content-type": content, "accept-language": language, ...conditions };
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) headers.set(name, value);
  return headers;
}

async function requireSuccess(response: Response): Promise<Response> {
  if (response.ok) return response;
  await loadProblemTexts();
  const document = readProblem(await readJson(response).catch(() => null));
  throw ApiError.fromDocument(response.status, document, response.headers.get("retry-after"));
}

export async function readJson(response: Response): Promise<JsonValue> {
  return (await response.json()) as JsonValue;
}

/** 128 random bits. `randomUUID` exists only on pages that are served over HTTPS or from localhost. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `AbortSignal.any`, which browsers of early 2023 do not have. */
function anySignal(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
