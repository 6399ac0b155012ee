import { taskStrings } from "../strings/firstPage";
import { MAX_NOTES, MAX_TITLE, type TaskFault } from "./list";

/** What is wrong with a task, for its user. */
export function faultText(fault: TaskFault): string {
  if (fault === "missing") return taskStrings.titleMissing;
  return fault === "long" ? taskStrings.titleLong(MAX_TITLE) : taskStrings.notesLong(MAX_NOTES);
}
