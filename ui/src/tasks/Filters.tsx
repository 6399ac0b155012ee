import { Search, X } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { HOME, navigate, place } from "../router";
import { taskStrings } from "../strings/firstPage";
import { type Status, searchFor, wantedIn } from "./list";

export const SEARCH_ID = "search";
const statuses: readonly Status[] = ["all", "pending", "completed"];

/** What part of the list is shown; the address says it too. */
export function Filters() {
  const wanted = wantedIn(place.value.search);
  const field = useRef<HTMLInputElement>(null);
  const search = (words: string) => navigate(HOME + searchFor({ ...wanted, words }), "replace");
  return (
    <div class="filters">
      <nav aria-label={taskStrings.filter}>
        {statuses.map((status) => (
          <Link
            key={status}
            to={HOME + searchFor({ ...wanted, status })}
            current={status === wanted.status}
            data-filter={status}
          >
            {taskStrings.filters[status]}
          </Link>
        ))}
      </nav>
      <search class="search">
        <Icon of={Search} />
        <label class="visually-hidden" for={SEARCH_ID}>
          {taskStrings.search}
        </label>
        <input
          ref={field}
          id={SEARCH_ID}
          type="text"
          inputMode="search"
          enterkeyhint="search"
          autocomplete="off"
          placeholder={taskStrings.searchPlaceholder}
          value={wanted.words}
          onInput={(event) => search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") search("");
          }}
        />
        {wanted.words !== "" && (
          <button
            type="button"
            class="icon-button"
            aria-label={taskStrings.clearSearch}
            onClick={() => {
              search("");
              field.current?.focus();
            }}
          >
            <Icon of={X} />
          </button>
        )}
      </search>
    </div>
  );
}
