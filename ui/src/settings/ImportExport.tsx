import { Download, Upload } from "lucide";
import { useRef } from "preact/hooks";
import { exportTasks, importTasks } from "../api/operations";
import { ApiError } from "../api/problem";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { notify } from "../state/notices";
import { settingsStrings } from "../strings/settings";
import { ActionButton } from "./ActionButton";
import { SettingsSection } from "./SettingsSection";

export function ImportExport({ user }: { user: User }) {
  const { data } = settingsStrings;
  const input = useRef<HTMLInputElement>(null);
  const importFile = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const type = /\.csv$/i.test(file.name) ? "text/csv" : "application/json";
      notify({ kind: "done", text: data.imported(await importTasks(user.id, file, type)) });
    } catch (cause) {
      notify({ kind: "failure", text: `${data.importFailed} ${describeFailure(cause)}` });
    }
  };
  const exportAs = (format: "json" | "csv") => async () => {
    try {
      download(await exportTasks(user.id, format), `tasks.${format}`);
      return null;
    } catch (cause) {
      return `${data.exportFailed} ${describeFailure(cause)}`;
    }
  };
  return (
    <SettingsSection id="data" heading={data.heading} lead={data.lead}>
      <div class="buttons">
        <ActionButton done={null} act={exportAs("json")}>
          <Icon of={Download} />
          {data.json}
        </ActionButton>
        <ActionButton done={null} act={exportAs("csv")}>
          <Icon of={Download} />
          {data.csv}
        </ActionButton>
        <button type="button" class="quiet" aria-describedby="import-note" onClick={() => input.current?.click()}>
          <Icon of={Upload} />
          {data.import}
        </button>
      </div>
      <p id="import-note" class="note">
        {data.importHint}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={data.import}
        accept=".json,.csv,application/json,text/csv"
        onChange={(event) => {
          void importFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
    </SettingsSection>
  );
}

function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function describeFailure(cause: unknown): string {
  return cause instanceof ApiError ? cause.sentence : "";
}
