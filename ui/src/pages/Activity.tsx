import { Bot, Code, History, MousePointerClick, Plug } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { type HistoryChange, type HistoryFilter, type HistoryPage, listHistory } from "../api/history";
import { type ApiError, toApiError } from "../api/problem";
import { undoChange } from "../api/taskWrites";
import type { User } from "../auth/session";
import { EmptyState } from "../components/EmptyState";
import { ErrorState } from "../components/ErrorState";
import { Icon } from "../components/Icon";
import { Splash } from "../components/Splash";
import { openAssistant } from "../state/assistant";
import { notify } from "../state/notices";
import { activityStrings } from "../strings/activity";
import { appStrings, taskStrings } from "../strings/firstPage";
import { language } from "../strings/language";
import { reloadTasks } from "../tasks/store";
import { tellOtherTabs } from "../tasks/tabs";
import { tasks } from "../tasks/taskState";
import "../styles/activity.css";

const filters: readonly HistoryFilter[] = ["deleted", "page", "chat", "mcp", "api"];
const icons = { page: MousePointerClick, chat: Bot, mcp: Plug, api: Code };

/** Everything that changed the list: when, what, who, and a way to undo it. */
export function Activity({ user }: { user: User }) {
  const [filter, setFilter] = useState<HistoryFilter | null>(null);
  const [page, setPage] = useState<HistoryPage | ApiError | null>(null);
  const chosen = useRef(filter);
  chosen.current = filter;
  /** Shows what a request returned, unless other changes were chosen meanwhile. */
  const show: typeof setPage = (next) => {
    if (chosen.current === filter) setPage(next);
  };
  const load = () => listHistory(user.id, filter).then(show, (cause: unknown) => show(toApiError(cause)));
  useEffect(() => {
    setPage(null);
    void load();
  }, [user.id, filter]);
  const known = tasks.value;
  const seen = useRef(known);
  // What was changed meanwhile appears on top; what was read below stays.
  useEffect(() => {
    if (seen.current === known) return;
    seen.current = known;
    listHistory(user.id, filter).then(
      (newest) => show((before) => (before && "changes" in before ? withNewest(newest, before) : newest)),
      () => undefined,
    );
  }, [known]);
  const loadOlder = async ({ changes, older }: HistoryPage) => {
    try {
      const next = await listHistory(user.id, filter, older);
      show({ ...next, changes: [...changes, ...next.changes] });
    } catch (cause) {
      notify({ kind: "failure", text: toApiError(cause).sentence });
    }
  };
  const undo = async (change: HistoryChange) => {
    try {
      const { kept } = await undoChange(user.id, change.id);
      const text = kept.length === 0 ? activityStrings.undone : taskStrings.many.undoneInPart(kept.join(", "));
      notify({ kind: "done", text });
    } catch (cause) {
      notify({ kind: "failure", text: toApiError(cause).sentence });
    }
    void reloadTasks();
    tellOtherTabs(user.id);
    await load();
  };
  return (
    <>
      <div class="heading">
        <h1>{activityStrings.heading}</h1>
        <select
          class="actor"
          aria-label={activityStrings.filter}
          value={filter ?? ""}
          onChange={({ currentTarget: { value } }) => setFilter(filters.find((known) => known === value) ?? null)}
        >
          <option value="">{activityStrings.everything}</option>
          {filters.map((name) => (
            <option key={name} value={name}>
              {activityStrings.filters[name]}
            </option>
          ))}
        </select>
      </div>
      {page === null ? (
        <Splash />
      ) : "changes" in page ? (
        <ChangeList page={page} undo={undo} loadOlder={() => void loadOlder(page)} />
      ) : (
        <ErrorState heading={activityStrings.failed} text={page.sentence} retry={() => void load()} />
      )}
    </>
  );
}

function withNewest(newest: HistoryPage, { changes, older }: HistoryPage): HistoryPage {
  const last = newest.changes.at(-1)?.id ?? 0;
  const below = changes.filter(({ id }) => id < last);
  return below.length === 0 ? newest : { changes: [...newest.changes, ...below], older };
}

interface ChangeListProps {
  readonly page: HistoryPage;
  readonly undo: (change: HistoryChange) => Promise<void>;
  readonly loadOlder: () => void;
}

function ChangeList({ page: { changes, older }, undo, loadOlder }: ChangeListProps) {
  const { none, noneText } = activityStrings;
  if (changes.length === 0) return <EmptyState icon={History} heading={none} text={noneText} />;
  return (
    <>
      <ul class="sheet changes" aria-label={activityStrings.heading}>
        {changes.map((change, index) => (
          <li key={change.id}>
            {dayOf(change) !== dayOf(changes[index - 1]) && <h2>{dayOf(change)}</h2>}
            <ChangeRow change={change} undo={undo} />
          </li>
        ))}
      </ul>
      {older !== null && (
        <button type="button" class="plain wide" onClick={loadOlder}>
          {activityStrings.older}
        </button>
      )}
    </>
  );
}

function ChangeRow({ change, undo }: { change: HistoryChange; undo: ChangeListProps["undo"] }) {
  const [busy, setBusy] = useState(false);
  const { kind, actor, app, count, titles, conversation, undone, madeAt } = change;
  const what = activityStrings.kinds[kind](count);
  const run = async () => {
    if (busy) return;
    setBusy(true);
    await undo(change);
    setBusy(false);
  };
  return (
    <div class={undone ? "change undone" : "change"}>
      <Icon of={icons[actor] ?? Code} />
      <div class="change-words">
        <p class="change-what">
          {what} {titles.length > 0 && <strong dir="auto">{describeTitles(titles, count)}</strong>}
        </p>
        <p class="change-who">
          <time dateTime={madeAt}>{new Date(madeAt).toLocaleTimeString(language, { timeStyle: "short" })}</time>
          {" · "}
          {conversation === null ? (
            app || activityStrings.actors[actor]
          ) : (
            <button type="button" class="plain" onClick={() => openAssistant({ conversation })}>
              {activityStrings.actors[actor]}
            </button>
          )}
        </p>
      </div>
      {undone ? (
        <span class="change-who">{activityStrings.undone}</span>
      ) : (
        <button
          type="button"
          class="plain"
          aria-busy={busy}
          aria-label={`${appStrings.undo}: ${what} ${titles[0] ?? ""}`}
          onClick={() => void run()}
        >
          {appStrings.undo}
        </button>
      )}
    </div>
  );
}

/** The first titles; how many more there are is in the number before them. */
function describeTitles(titles: readonly string[], count: number): string {
  const shown = titles.slice(0, 3).join(", ");
  return count > 3 ? `${shown}…` : shown;
}

function dayOf(change: HistoryChange | undefined): string {
  if (change === undefined) return "";
  const day = new Date(change.madeAt);
  if (day.toDateString() === new Date().toDateString()) return activityStrings.today;
  return day.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}
