// Why a request to the API failed, and what to tell about it. Pure.

import { appStrings } from "../strings/firstPage";
import type { FieldError, ProblemDocument } from "./schema";

/** Status 0: no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail = "",
    readonly errors: readonly FieldError[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }

  static answered(status: number, document: ProblemDocument, retryAfter: string | null): Problem {
    const seconds = Number.parseInt(retryAfter ?? "", 10);
    return new Problem(status, document.code, document.detail, document.errors, Number.isNaN(seconds) ? null : seconds);
  }

  /** Would the same request have a chance later? */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** One sentence for people. Where the status does not say it all, the server's own words do. */
  get sentence(): string {
    const field = this.errors[0];
    if (field?.message) return fieldSentence(field);
    const { problems } = appStrings;
    switch (this.status) {
      case 0:
        return this.code === "timeout" ? problems.timeout : problems.offline;
      case 401:
        return problems.unauthenticated;
      case 404:
        return problems.notFound;
      case 429:
        return this.retryAfter === null ? problems.tooMany : problems.tooManyFor(this.retryAfter);
      case 502:
      case 504:
        return problems.unavailable;
      case 503:
        return this.detail || problems.unavailable;
      default:
        return this.detail || problems.other;
    }
  }
}

/** What failed, of whatever was thrown. */
export function asProblem(cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem(500, "unexpected");
}

/** A member's message may go on after the member's name ("is required."). */
function fieldSentence({ field, message }: FieldError): string {
  const ended = message.endsWith(".") ? message : `${message}.`;
  const continues = /^\p{Ll}/u.test(ended) && field !== "";
  return continues ? `${field.charAt(0).toUpperCase()}${field.slice(1)} ${ended}` : ended;
}
