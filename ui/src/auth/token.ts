// The access token for the API: in memory only, requested when needed, renewed before it expires.

/** A token is renewed this long before it expires, so that a running request does not outlive it. */
const MARGIN_MS = 60_000;

interface CachedToken {
  readonly token: string;
  readonly goodUntil: number;
}

export class TokenCache {
  #cached: CachedToken | null = null;
  #pending: Promise<string> | null = null;
  #generation = 0;

  constructor(
    private readonly request: () => Promise<string>,
    private readonly now: () => number,
  ) {}

  /** A token that is valid for more than a minute; concurrent callers share one request. */
  get(): Promise<string> {
    if (this.#cached && this.now() < this.#cached.goodUntil) return Promise.resolve(this.#cached.token);
    this.#pending ??= this.#renew();
    return this.#pending;
  }

  /** Takes a token that the server sent unasked. */
  store(token: string): void {
    this.#cached = { token, goodUntil: this.now() + lifetimeMs(token) - MARGIN_MS };
  }

  /** The server rejected this token; the next `get` requests another. */
  reject(token: string): void {
    if (this.#cached?.token === token) this.#cached = null;
  }

  /** Another user may sign in next: the response to a running request is not stored. */
  forget(): void {
    this.#cached = null;
    this.#pending = null;
    this.#generation += 1;
  }

  async #renew(): Promise<string> {
    const generation = this.#generation;
    try {
      const token = await this.request();
      if (generation === this.#generation) this.store(token);
      return token;
    } finally {
      if (generation === this.#generation) this.#pending = null;
    }
  }
}

/** How long a JWT is valid by its own claims. Their difference counts, so that a wrong clock here does no harm. */
export function lifetimeMs(token: string): number {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(atob(payload));
    if (typeof claims !== "object" || claims === null || !("exp" in claims) || !("iat" in claims)) return 0;
    const { exp, iat } = claims;
    return typeof exp === "number" && typeof iat === "number" ? Math.max(0, exp - iat) * 1000 : 0;
  } catch {
    return 0;
  }
}
