import { Search, X } from "lucide";
import { useRef } from "preact/hooks";
import type { TaskStatus } from "../api/schema";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { currentAddress, HOME, navigate } from "../router";
import { taskStrings } from "../strings/firstPage";
import { formatFilter, parseFilter } from "./list";

export const SEARCH_ID = "search";
const statuses: readonly TaskStatus[] = ["all", "pending", "completed"];

/** Chooses which tasks are shown; the choice is in the page's address. */
export function Filters() {
  const filter = parseFilter(currentAddress.value.search);
  const field = useRef<HTMLInputElement>(null);
  const search = (words: string) => navigate(HOME + formatFilter({ ...filter, words }), "replace");
  return (
    <div class="filters">
      <nav aria-label={taskStrings.filter}>
        {statuses.map((status) => (
          <Link
            key={status}
            to={HOME + formatFilter({ ...filter, status })}
            current={status === filter.status}
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
          dir="auto"
          inputMode="search"
          enterkeyhint="search"
          autocomplete="off"
          placeholder={taskStrings.searchPlaceholder}
          value={filter.words}
          onInput={(event) => search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") search("");
          }}
        />
        {filter.words !== "" && (
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
