// All tasks out, and the tasks of files in.

import type { components } from "./openapi";
import { newIdempotencyKey, readJson, sendTo } from "./request";
import { isArray, isObject, type JsonValue, SchemaError, toText } from "./schema";

type Schemas = components["schemas"];

/** The formats of an export, each with the end of its file's name. */
export const exportFormats = { json: "json", csv: "csv", ics: "ics", markdown: "md" } as const;
export type ExportFormat = keyof typeof exportFormats;

/** A row of a file about which there is something to say. */
export interface RowNote {
  readonly line: number;
  /** Empty without one. */
  readonly title: string;
  /** What happened, as a code such as `no_title`. */
  readonly what: string;
  /** What could not be read. */
  readonly value: string;
}

/** Parts of a file that are not kept. */
export interface LostPart {
  readonly what: string;
  /** The name of a column. */
  readonly name: string;
  readonly count: number;
}

/** A task of a file as it would be. */
export interface PreviewedTask {
  readonly line: number;
  readonly title: string;
  readonly completed: boolean;
  readonly due: string | null;
  readonly list: string | null;
}

/** What of a file comes, and what does not. */
export interface ImportReport extends Pick<Schemas["ImportResult"], "format" | "count" | "imported"> {
  /** The change by which it can be undone. */
  readonly change: number | null;
  readonly changed: readonly RowNote[];
  readonly skipped: readonly RowNote[];
  readonly notKept: readonly LostPart[];
  readonly tasks: readonly PreviewedTask[];
}

export interface ImportOptions {
  /** Import a file that was imported before. */
  readonly again: boolean;
  /** The meaning of each column of a table whose names are not known. */
  readonly columns: readonly string[] | null;
}

const tasksOf = (user: string) => `/api/${encodeURIComponent(user)}/tasks`;

export async function exportTasks(user: string, format: ExportFormat): Promise<Blob> {
  return (await sendTo("get", `${tasksOf(user)}/export?format=${format}`, { accept: "*/*" })).blob();
}

/** What an import of the file would do. */
export const previewImport = (user: string, file: File, options: ImportOptions) => upload(user, file, options, true);

/** Imports all tasks of the file, or none. */
export const importTasks = (user: string, file: File, options: ImportOptions) => upload(user, file, options, false);

async function upload(user: string, file: File, { again, columns }: ImportOptions, dryRun: boolean) {
  const query = new URLSearchParams({
    ...(dryRun ? { dry_run: "true" } : {}),
    ...(again ? { again: "true" } : {}),
    ...(columns === null ? {} : { columns: columns.join() }),
  });
  // The content decides the format; the type helps with files that could be several.
  const type = /\.csv$/i.test(file.name) ? "text/csv" : file.type || "text/plain";
  const options = { file, type, ...(dryRun ? { repeatable: true } : { key: newIdempotencyKey() }) };
  const address = `${tasksOf(user)}/import${query.size === 0 ? "" : `?${query}`}`;
  return readReport(await readJson(await sendTo("post", address, options)));
}

function readReport(json: JsonValue): ImportReport {
  if (!isObject(json) || typeof json.count !== "number") throw new SchemaError("import");
  return {
    format: toText(json.format),
    count: json.count,
    imported: numberOr(json.imported, 0),
    change: typeof json.change === "number" ? json.change : null,
    changed: objects(json.changed).map(readNote),
    skipped: objects(json.skipped).map(readNote),
    notKept: objects(json.not_kept).map(({ what, name, count }) => ({
      what: toText(what),
      name: toText(name),
      count: numberOr(count, 1),
    })),
    tasks: objects(json.tasks).map(({ line, title, completed, due, list }) => ({
      line: numberOr(line, 0),
      title: toText(title),
      completed: completed === true,
      due: toText(due) || null,
      list: toText(list) || null,
    })),
  };
}

type JsonObject = { readonly [name: string]: JsonValue };

function readNote({ line, title, what, value }: JsonObject): RowNote {
  return { line: numberOr(line, 0), title: toText(title), what: toText(what), value: toText(value) };
}

function objects(json: JsonValue | undefined): readonly JsonObject[] {
  return isArray(json) ? json.filter(isObject) : [];
}

function numberOr(json: JsonValue | undefined, otherwise: number): number {
  return typeof json === "number" ? json : otherwise;
}
