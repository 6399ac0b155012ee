import { WifiOff } from "lucide";
import { useEffect } from "preact/hooks";
import { reloadSession } from "../auth/currentSession";
import { Brand } from "../components/Brand";
import { Icon } from "../components/Icon";
import { appStrings, taskStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import type { LastList } from "../tasks/lastList";

/** The last loaded list, read-only. */
export function Offline({ list }: { list: LastList }) {
  useEffect(() => {
    document.title = appStrings.title(appStrings.offline.page);
  }, []);
  const time = new Date(list.at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div class="frame">
      <header class="top">
        <Brand />
      </header>
      <main class="page" id="content">
        <div class="heading">
          <h1>{appStrings.offline.heading}</h1>
        </div>
        <div class="callout with-icon">
          <Icon of={WifiOff} />
          <p>{appStrings.offline.lead(time)}</p>
          <button type="button" class="quiet" onClick={() => void reloadSession()}>
            {appStrings.retry}
          </button>
        </div>
        <ul class="sheet list" aria-label={taskStrings.list}>
          {list.tasks.toReversed().map(({ id, title, description, completed }) => (
            <li key={id} class="row">
              <span class="number">{taskStrings.number(id)}</span>
              <label class="check">
                <input type="checkbox" checked={completed} disabled />
                <span class="words" dir="auto">
                  <span class="title">{title}</span>
                  {description && <span class="notes">{description}</span>}
                </span>
              </label>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
