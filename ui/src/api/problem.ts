// Why a request to the API failed (a problem document, RFC 9457, or no response), and what to tell the user. Pure.

import { appStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import type { problemStrings } from "../strings/problems";
import type { FieldError, ProblemDocument } from "./schema";

/** Null until the server has said what is wrong. */
let texts: typeof problemStrings | null = null;

/** Loads the texts for what the server says. Without them a failure is told in general. */
export async function loadProblemTexts(): Promise<void> {
  texts ??= await import("../strings/problems").then(
    (loaded) => loaded.problemStrings,
    () => null,
  );
}

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

  /** What went wrong, in the page's language where the code says it; the server's own text is English. */
  get sentence(): string {
    if (this.errors.length > 0 && texts !== null) return describeFields(texts, this.errors);
    const { problems } = appStrings;
    switch (this.status) {
      case 0:
        return this.code === "timeout" ? problems.timeout : problems.offline;
      case 401:
        return problems.unauthenticated;
      case 404:
        return problems.notFound;
      case 429:
        if (this.code === "daily_limit_reached") break;
        return this.retryAfter === null ? problems.tooMany : problems.tooManyFor(this.retryAfter);
      case 502:
      case 504:
        return problems.unavailable;
    }
    const known = this.code === "internal" ? problems.internal : texts?.codes[this.code];
    return (language === "en" ? this.detail || known : known || this.detail) || problems.other;
  }
}

export function toApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError(500, "unexpected");
}

/** As many faults are told at once. */
const MAX_FAULTS = 5;

function describeFields(problems: typeof problemStrings, errors: readonly FieldError[]): string {
  const told = errors.slice(0, MAX_FAULTS).map(({ field, message, line }) => {
    const text = problems.field(field, message);
    return line === null ? text : problems.inLine(line, text);
  });
  const others = errors.length - told.length;
  return [...told, ...(others > 0 ? [problems.others(others)] : [])].join(" ");
}
