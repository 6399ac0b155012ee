// The access token for the API: in memory only, asked for when needed, renewed before it ends.

/** Renew this long before the end, so that a request under way does not outlive its token. */
const MARGIN_MS = 60_000;

interface Held {
  readonly token: string;
  readonly goodUntil: number;
}

export class TokenHolder {
  #held: Held | null = null;
  #underway: Promise<string> | null = null;
  #generation = 0;

  constructor(
    private readonly ask: () => Promise<string>,
    private readonly now: () => number,
  ) {}

  /** A token with more than a minute to live; callers at the same time share one request. */
  get(): Promise<string> {
    if (this.#held && this.now() < this.#held.goodUntil) return Promise.resolve(this.#held.token);
    this.#underway ??= this.#renew();
    return this.#underway;
  }

  /** Takes a token that the server sent on its own. */
  put(token: string): void {
    this.#held = { token, goodUntil: this.now() + lifetimeMs(token) - MARGIN_MS };
  }

  /** The server refused this token; the next `get` asks for another. */
  refuse(token: string): void {
    if (this.#held?.token === token) this.#held = null;
  }

  /** Somebody else may sign in now: an answer still under way must not be kept. */
  forget(): void {
    this.#held = null;
    this.#underway = null;
    this.#generation += 1;
  }

  async #renew(): Promise<string> {
    const generation = this.#generation;
    try {
      const token = await this.ask();
      if (generation === this.#generation) this.put(token);
      return token;
    } finally {
      if (generation === this.#generation) this.#underway = null;
    }
  }
}

/** How long a JWT lives by its own claims; the difference, so that a wrong clock here does no harm. */
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
