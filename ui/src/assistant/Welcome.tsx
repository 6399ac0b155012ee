import { assistantStrings } from "../strings/assistant";
import { taskRows } from "../tasks/store";
import { languageModel } from "./languageModel";
import { Suggestions } from "./Suggestions";

/** The most letters of a title in a suggestion. */
const MAX_TITLE = 40;

/** What can be asked, with the user's own tasks; a suggestion is sent at once. */
export function Welcome() {
  const { welcome, welcomeHint, suggestions } = assistantStrings;
  const task = taskRows.value.find(
    ({ id, completed, title }) => id !== null && !completed && title.length <= MAX_TITLE,
  );
  const offered = task
    ? [suggestions.list, suggestions.complete(task.title), suggestions.add]
    : [suggestions.add, suggestions.addMany, suggestions.list];
  return (
    <div class="welcome">
      <p class="welcome-line">{welcome}</p>
      {languageModel.value === false && <p>{assistantStrings.offline.text}</p>}
      <p>{welcomeHint}</p>
      <Suggestions messages={offered} />
    </div>
  );
}
