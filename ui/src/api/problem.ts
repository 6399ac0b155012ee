// Why a request to the API failed (a problem document, RFC 9457, or no response), and what to tell the user. Pure.

import { appStrings } from "../strings/firstPage";
import type { FieldError, ProblemDocument } from "./schema";

/** A failed request. Status 0: no response came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail = "",
    readonly errors: readonly FieldError[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(code);
  }

  static fromDocument(status: number, document: ProblemDocument, retryAfter: string | null): ApiError {
    const { code, detail, errors } = document;
    const seconds = Number.parseInt(retryAfter ?? "", 10);
    return new ApiError(status, code, detail, errors, Number.isNaN(seconds) ? null : seconds);
  }

  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** One sentence for the user. The server's own text is used where the status alone does not explain the failure. */
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

export function toApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError(500, "unexpected");
}

/** The message of a field may continue the field's name ("is required."). */
function fieldSentence({ field, message }: FieldError): string {
  const ended = message.endsWith(".") ? message : `${message}.`;
  const continues = /^\p{Ll}/u.test(ended) && field !== "";
  return continues ? `${field.charAt(0).toUpperCase()}${field.slice(1)} ${ended}` : ended;
}
