import { Search, X } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../components/Icon";
import { currentAddress, HOME, navigate } from "../router";
import { taskStrings } from "../strings/firstPage";
import { formatFilter, parseFilter } from "./filter";

export const SEARCH_ID = "search";

/** Narrows the tasks by words; they are in the page's address. */
export function SearchField() {
  const filter = parseFilter(currentAddress.value.search);
  const field = useRef<HTMLInputElement>(null);
  const search = (words: string) => navigate(HOME + formatFilter({ ...filter, words }), "replace");
  return (
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
          // The first one clears the field, the next one leaves it.
          if (event.key !== "Escape" || event.isComposing) return;
          if (filter.words === "") event.currentTarget.blur();
          else search("");
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
  );
}
