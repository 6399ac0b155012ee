import { HOME } from "../router";
import { appStrings } from "../strings/firstPage";
import { Link } from "./Link";

/** The logo, a ruled page with a margin line and a tick: the same drawing as public/favicon.svg. */
export function Brand() {
  return (
    <Link class="brand" to={HOME}>
      <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <rect class="brand-page" width="32" height="32" rx="8" />
        <path class="brand-margin" d="M9 0v32" />
        <path class="brand-tick" d="M13.5 16.5l4 4 8-9" />
      </svg>
      <span>{appStrings.app}</span>
    </Link>
  );
}
