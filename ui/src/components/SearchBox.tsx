import { Search, X } from "lucide";
import { useRef } from "preact/hooks";
import { taskStrings } from "../strings/firstPage";
import { Icon } from "./Icon";

interface SearchBoxProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly words: string;
  readonly search: (words: string) => void;
  readonly prepare?: () => void;
  /** Escape in the empty field. */
  readonly leave?: (field: HTMLInputElement) => void;
}

/** A field for words to look for. Escape clears it first. */
export function SearchBox({ id, label, placeholder, words, search, prepare, leave }: SearchBoxProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <search class="search">
      <Icon of={Search} />
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        dir="auto"
        inputMode="search"
        enterkeyhint="search"
        autocomplete="off"
        placeholder={placeholder}
        value={words}
        onFocus={prepare}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          if (words === "") return leave?.(event.currentTarget);
          event.stopPropagation();
          event.preventDefault();
          search("");
        }}
      />
      {words !== "" && (
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
