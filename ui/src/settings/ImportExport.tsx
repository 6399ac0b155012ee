import { Download, History } from "lucide";
import { exportHistory } from "../api/history";
import { toApiError } from "../api/problem";
import { type ExportFormat, exportFormats, exportTasks } from "../api/transfer";
import type { User } from "../auth/session";
import { Icon } from "../components/Icon";
import { importStrings } from "../strings/imports";
import { ActionButton } from "./ActionButton";
import { ImportFile } from "./ImportFile";
import { SettingsSection } from "./SettingsSection";

/** All tasks out in a format of one's choice, the changes that are kept, and the tasks of a file in. */
export function ImportExport({ user }: { user: User }) {
  const save = async (load: () => Promise<Blob>, name: string) => {
    try {
      download(await load(), name);
      return null;
    } catch (cause) {
      return `${importStrings.exportFailed} ${toApiError(cause).sentence}`;
    }
  };
  return (
    <SettingsSection id="data" heading={importStrings.heading} lead={importStrings.lead}>
      <h3>{importStrings.export}</h3>
      <div class="exports">
        {(Object.keys(exportFormats) as ExportFormat[]).map((format) => (
          <ActionButton
            key={format}
            done={null}
            act={() => save(() => exportTasks(user.id, format), `tasks.${exportFormats[format]}`)}
          >
            <Icon of={Download} />
            {importStrings.formats[format]}
          </ActionButton>
        ))}
        <ActionButton done={null} act={() => save(() => exportHistory(user.id), "activity.json")}>
          <Icon of={History} />
          {importStrings.exportActivity}
        </ActionButton>
      </div>
      <h3>{importStrings.import}</h3>
      <ImportFile user={user.id} />
    </SettingsSection>
  );
}

/** How long the browser may take to begin a download, which fails without a word if its address is gone by then. */
const BEGINS_WITHIN_MS = 60_000;

function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), BEGINS_WITHIN_MS);
}
