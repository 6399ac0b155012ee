import { SearchBox } from "../components/SearchBox";
import { currentAddress, HOME, navigate } from "../router";
import { taskStrings } from "../strings/firstPage";
import { foldAhead, formatFilter, parseFilter } from "./filter";
import { taskRows } from "./taskState";

export const SEARCH_ID = "search";

/** Narrows the tasks by words; they are in the page's address. */
export function SearchField() {
  const filter = parseFilter(currentAddress.value.search);
  return (
    <SearchBox
      id={SEARCH_ID}
      label={taskStrings.search}
      placeholder={taskStrings.searchPlaceholder}
      words={filter.words}
      search={(words) => navigate(HOME + formatFilter({ ...filter, words }), "replace")}
      prepare={() => void foldAhead(taskRows.peek())}
      leave={(field) => field.blur()}
    />
  );
}
