import { Square, SquareCheck } from "lucide";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ImportReport, LostPart, PreviewedTask, RowNote } from "../api/transfer";
import { Icon } from "../components/Icon";
import { importStrings } from "../strings/imports";
import { describeDue } from "../tasks/dueDate";
import { ActionButton } from "./ActionButton";

interface ImportPreviewProps {
  readonly file: string;
  readonly report: ImportReport;
  readonly confirm: () => Promise<void>;
  readonly cancel: () => void;
}

/** What of a file comes, what is left out and why, and what is not kept; nothing is imported yet. */
export function ImportPreview({ file, report, confirm, cancel }: ImportPreviewProps) {
  const { format, count, tasks, skipped, changed, notKept } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const program = importStrings.programs[format];
  const rest = count - tasks.length;
  return (
    <div class="preview">
      <h4 ref={heading} tabIndex={-1}>
        {importStrings.preview(file)}
      </h4>
      <p class="preview-count">
        <strong>{importStrings.count(count)}</strong> {program && importStrings.from(program)}
      </p>
      <ul class="preview-tasks" aria-label={importStrings.coming}>
        {tasks.map((task) => (
          <TaskLine key={task.line} task={task} />
        ))}
        {rest > 0 && <li class="note">{importStrings.more(rest)}</li>}
      </ul>
      {skipped.length > 0 && (
        <Notes summary={importStrings.skipped(skipped.length)} warn open={skipped.length <= 5}>
          <RowNotes notes={skipped} />
        </Notes>
      )}
      {changed.length > 0 && (
        <Notes summary={importStrings.changed(changed.length)} open={changed.length <= 5}>
          <RowNotes notes={changed} />
        </Notes>
      )}
      {notKept.length > 0 && (
        <Notes summary={importStrings.notKept} open={notKept.length <= 8}>
          <ul>
            {notKept.map((part) => (
              <li key={`${part.what} ${part.name}`}>{describeLost(part)}</li>
            ))}
          </ul>
        </Notes>
      )}
      <div class="buttons">
        <ActionButton
          class="primary"
          done={null}
          act={async () => {
            await confirm();
            return null;
          }}
        >
          {importStrings.confirm(count)}
        </ActionButton>
        <button type="button" class="quiet" onClick={cancel}>
          {importStrings.cancel}
        </button>
      </div>
    </div>
  );
}

function TaskLine({ task: { title, completed, due, list } }: { task: PreviewedTask }) {
  const facts = [completed ? importStrings.completed : "", due && describeDue(due, new Date()), list];
  return (
    <li>
      <Icon of={completed ? SquareCheck : Square} />
      <span class="entry-words" dir="auto">
        {title}
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </span>
    </li>
  );
}

interface NotesProps {
  readonly summary: string;
  readonly warn?: boolean;
  readonly open: boolean;
  readonly children: ComponentChildren;
}

function Notes({ summary, warn = false, open, children }: NotesProps) {
  return (
    <details class={warn ? "notes-about warn" : "notes-about"} open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function RowNotes({ notes }: { notes: readonly RowNote[] }) {
  return (
    <ul>
      {notes.map(({ line, title, what, value }) => (
        <li key={`${line} ${what} ${value}`}>
          <span class="line-number">{importStrings.line(line)}</span>
          <span>
            {title !== "" && <strong>{title} </strong>}
            {importStrings.whats[what] ?? importStrings.whats.other} {value !== "" && <q>{value}</q>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function describeLost({ what, name, count }: LostPart): string {
  const part =
    name === "" ? (importStrings.lost[what] ?? importStrings.lost.other ?? what) : importStrings.lostColumn(name);
  return importStrings.lostCount(part, count);
}
