import { newIdempotencyKey } from "../api/request";
import { openAssistant } from "../state/assistant";
import { drafts } from "../state/drafts";
import { appStrings, taskStrings } from "../strings/firstPage";
import { openTour } from "../tour/openTour";
import { NEW_TASK_ID } from "./AddTask";
import { changeTasks } from "./store";

/** Three ways to begin that can be tried at once. */
export function FirstTasks() {
  const { write, many, ask, titles, question } = taskStrings.first;
  const add = () => {
    void changeTasks(titles.map((title) => ({ kind: "add", title, idempotencyKey: newIdempotencyKey() })));
  };
  return (
    <div class="first-tasks">
      <button
        type="button"
        class="quiet"
        onClick={() => {
          drafts.newTask.value = titles[0] ?? "";
          document.getElementById(NEW_TASK_ID)?.focus();
        }}
      >
        {write}
      </button>
      <button type="button" class="quiet" onClick={add}>
        {many}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          drafts.message.value = question;
          openAssistant();
        }}
      >
        {ask}
      </button>
      <button type="button" class="plain" onClick={openTour}>
        {appStrings.tour}
      </button>
    </div>
  );
}
