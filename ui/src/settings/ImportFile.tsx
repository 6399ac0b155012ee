import { Upload } from "lucide";
import { useRef, useState } from "preact/hooks";
import { type ApiError, toApiError } from "../api/problem";
import { type ImportOptions, type ImportReport, importTasks, previewImport } from "../api/transfer";
import { Icon } from "../components/Icon";
import { notify } from "../state/notices";
import { appStrings } from "../strings/firstPage";
import { importStrings } from "../strings/imports";
import { language } from "../strings/language";
import { recordAct } from "../tasks/store";
import { ColumnChoice } from "./ColumnChoice";
import { ImportPreview } from "./ImportPreview";
import "../styles/imports.css";

/** A file on its way in: read first, imported when its user says so. */
type ImportStep =
  | { readonly kind: "choose"; readonly failure?: string }
  | { readonly kind: "reading" }
  | { readonly kind: "columns"; readonly names: readonly string[] }
  | { readonly kind: "again"; readonly question: string }
  | { readonly kind: "preview"; readonly report: ImportReport };

const noOptions: ImportOptions = { again: false, columns: null };

/** Chooses a file, shows what would come of it, and imports it. */
export function ImportFile({ user }: { user: string }) {
  const [step, setStep] = useState<ImportStep>({ kind: "choose" });
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState(noOptions);
  const fail = (error: ApiError) => setStep({ kind: "choose", failure: `${importStrings.failed} ${error.sentence}` });
  const read = async (chosen: File, wanted: ImportOptions) => {
    setFile(chosen);
    setOptions(wanted);
    setStep({ kind: "reading" });
    try {
      setStep({ kind: "preview", report: await previewImport(user, chosen, wanted) });
    } catch (cause) {
      const error = toApiError(cause);
      const question = questionOf(error);
      if (question === null) fail(error);
      else setStep(question);
    }
  };
  const confirm = async () => {
    if (file === null) return;
    try {
      tellImported(file.name, await importTasks(user, file, options));
      setStep({ kind: "choose" });
    } catch (cause) {
      fail(toApiError(cause));
    }
  };
  const cancel = () => setStep({ kind: "choose" });
  const readAgain = (wanted: Partial<ImportOptions>) => file && void read(file, { ...options, ...wanted });
  switch (step.kind) {
    case "choose":
      return <FileChoice failure={step.failure} choose={(chosen) => void read(chosen, noOptions)} />;
    case "reading":
      return <p role="status">{importStrings.reading}</p>;
    case "columns":
      return <ColumnChoice names={step.names} choose={(columns) => readAgain({ columns })} cancel={cancel} />;
    case "again":
      return (
        <div class="callout" role="status">
          <p>{step.question}</p>
          <div class="buttons">
            <button type="button" class="quiet" onClick={() => readAgain({ again: true })}>
              {importStrings.importAgain}
            </button>
            <button type="button" class="quiet" onClick={cancel}>
              {importStrings.cancel}
            </button>
          </div>
        </div>
      );
    case "preview":
      return <ImportPreview file={file?.name ?? ""} report={step.report} confirm={confirm} cancel={cancel} />;
  }
}

/** What the server needs to know before it reads the file; null for a failure. */
function questionOf({ code, errors }: ApiError): ImportStep | null {
  if (code === "unknown_columns") return { kind: "columns", names: errors.map(({ field }) => field) };
  if (code !== "already_imported") return null;
  const detail = (name: string) => errors.find(({ field }) => field === name)?.message ?? "";
  const day = new Date(detail("imported_at")).toLocaleDateString(language, { dateStyle: "long" });
  return { kind: "again", question: importStrings.again(day, Number(detail("count"))) };
}

/** The whole import is one change, which can be undone. */
function tellImported(file: string, { imported, change }: ImportReport): void {
  const undo = change === null ? null : { label: appStrings.undo, run: recordAct(file, [change], imported) };
  notify({ kind: "done", text: importStrings.imported(imported), ...(undo && { action: undo }) });
}

interface FileChoiceProps {
  readonly failure: string | undefined;
  readonly choose: (file: File) => void;
}

/** A button for the file, in a place where it can be dropped. */
function FileChoice({ failure, choose }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) choose(file);
  };
  return (
    <>
      {failure && (
        <p class="callout failure" role="alert">
          {failure}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a file can be dropped here; the button does the same */}
      <div
        class={over ? "drop over" : "drop"}
        onDragEnter={drag}
        onDragOver={drag}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <button type="button" class="quiet" aria-describedby="import-note" onClick={() => input.current?.click()}>
          <Icon of={Upload} />
          {importStrings.choose}
        </button>
        <p>{importStrings.drop}</p>
        <p id="import-note" class="note">
          {importStrings.hint}
        </p>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={importStrings.choose}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) choose(file);
            event.currentTarget.value = "";
          }}
        />
      </div>
    </>
  );
}
